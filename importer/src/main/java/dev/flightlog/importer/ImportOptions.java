package dev.flightlog.importer;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to import; immutable.
 *
 * @param format what the files hold, or {@link Format#AUTO}
 * @param story the story of every event that has none of its own; null: from the branch, else the
 *     project
 * @param capture how much of long texts the index keeps
 * @param keptBytes with {@link Capture#HEAD}, the bytes kept of head and of tail, each
 * @param prices a user's own price table, read over the built-in one; null or missing: none
 */
public record ImportOptions(
    Format format, @Nullable String story, Capture capture, int keptBytes, @Nullable Path prices) {
  public ImportOptions {
    Objects.requireNonNull(format);
    Objects.requireNonNull(capture);
    if (keptBytes < 64) {
      throw new IllegalArgumentException("at least 64 bytes of head and tail are kept");
    }
  }

  /** Format found by content, story from branch or project, head and tail of 4 KiB. */
  public static ImportOptions defaults() {
    return new ImportOptions(Format.AUTO, null, Capture.HEAD, 4096, null);
  }

  public ImportOptions as(Format other) {
    return new ImportOptions(other, story, capture, keptBytes, prices);
  }

  public ImportOptions story(@Nullable String other) {
    return new ImportOptions(format, other, capture, keptBytes, prices);
  }

  public ImportOptions capture(Capture other) {
    return new ImportOptions(format, story, other, keptBytes, prices);
  }

  public ImportOptions prices(@Nullable Path other) {
    return new ImportOptions(format, story, capture, keptBytes, other);
  }
}
