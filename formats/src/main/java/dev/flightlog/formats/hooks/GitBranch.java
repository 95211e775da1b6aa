package dev.flightlog.formats.hooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The branch that is checked out in a folder, by git's own file. What was found holds for two
 * seconds. Not thread-safe.
 */
final class GitBranch {
  private static final String REF = "ref: refs/heads/";
  private static final int MOST_BYTES = 4096;
  private static final long HOLDS = 2_000_000;

  private @Nullable String folder;
  private @Nullable String branch;
  private long foundAt;

  /**
   * The branch, {@code HEAD} where none is checked out, or null outside of a repository.
   *
   * @param now microseconds since 1970
   */
  @Nullable String of(String workingFolder, long now) {
    if (!workingFolder.equals(folder) || Math.abs(now - foundAt) > HOLDS) {
      folder = workingFolder;
      branch = look(workingFolder);
      foundAt = now;
    }
    return branch;
  }

  private static @Nullable String look(String workingFolder) {
    try {
      for (Path at = Path.of(workingFolder); at != null && at.isAbsolute(); at = at.getParent()) {
        Path git = at.resolve(".git");
        if (Files.isRegularFile(git)) {
          String told = read(git);
          git = told.startsWith("gitdir:") ? at.resolve(told.substring(7).strip()) : git;
        }
        if (Files.isDirectory(git)) {
          String head = read(git.resolve("HEAD"));
          return head.startsWith(REF) ? head.substring(REF.length()) : "HEAD";
        }
      }
      return null;
    } catch (IOException | InvalidPathException | SecurityException notHere) {
      return null;
    }
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      return "";
    }
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }
}
