package dev.flightlog.formats.occurrence;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The story of an event: configured, else the branch when it says something, else the project. */
public final class Stories {
  private static final Set<String> SILENT =
      Set.of("main", "master", "trunk", "develop", "dev", "HEAD");

  private final @Nullable String configured;

  public Stories(@Nullable String configured) {
    this.configured = configured;
  }

  /** The story of work on this branch in this folder, or null when neither says anything. */
  public @Nullable String of(@Nullable String branch, @Nullable String folder) {
    if (configured != null) {
      return configured;
    }
    return branch != null && !branch.isBlank() && !SILENT.contains(branch)
        ? branch
        : lastName(folder);
  }

  private static @Nullable String lastName(@Nullable String folder) {
    if (folder == null) {
      return null;
    }
    int end = folder.length();
    while (end > 0 && isSeparator(folder.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && !isSeparator(folder.charAt(start - 1))) {
      start--;
    }
    return start == end ? null : folder.substring(start, end);
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }
}
