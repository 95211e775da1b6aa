package dev.flightlog.importer;

import dev.flightlog.formats.Format;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to import; immutable.
 *
 * @param format what the files hold, or null: found by content
 * @param story the story of every event that has none of its own; null: from the branch, else the
 *     project
 * @param capture how much of long texts the index keeps
 * @param keptBytes with {@link Capture#HEAD}, the bytes kept of head and of tail, each
 * @param prices a user's own price table, read over the built-in one; null or missing: none
 * @param projects names of projects by folder, over what the folders themselves tell
 */
public record ImportOptions(
    @Nullable Format format,
    @Nullable String story,
    Capture capture,
    int keptBytes,
    @Nullable Path prices,
    Map<String, String> projects) {
  public ImportOptions {
    Objects.requireNonNull(capture);
    if (keptBytes < 64) {
      throw new IllegalArgumentException("at least 64 bytes of head and tail are kept");
    }
  }

  /** Format found by content, story from branch or project, head and tail of 4 KiB. */
  public static ImportOptions defaults() {
    return new ImportOptions(null, null, Capture.HEAD, 4096, null, Map.of());
  }

  public ImportOptions as(@Nullable Format other) {
    return new ImportOptions(other, story, capture, keptBytes, prices, projects);
  }

  public ImportOptions story(@Nullable String other) {
    return new ImportOptions(format, other, capture, keptBytes, prices, projects);
  }

  public ImportOptions capture(Capture other) {
    return new ImportOptions(format, story, other, keptBytes, prices, projects);
  }

  public ImportOptions prices(@Nullable Path other) {
    return new ImportOptions(format, story, capture, keptBytes, other, projects);
  }

  /** With these names of projects by folder. */
  public ImportOptions projects(Map<String, String> other) {
    return new ImportOptions(format, story, capture, keptBytes, prices, Map.copyOf(other));
  }
}
