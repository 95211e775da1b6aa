package dev.flightlog.importer.reader;

import dev.flightlog.importer.Format;

/** Makes the reader of a format. */
public final class Readers {
  private Readers() {}

  /** A reader for one file; {@link Format#AUTO} is not allowed. */
  public static LineReader of(Format format, FileContext file, ReaderSettings settings) {
    return switch (format) {
      case JOURNAL -> new JournalReader(file, settings);
      case CLAUDE, STREAM_JSON -> new ClaudeReader(file, settings);
      case CODEX, TASK_LOG, JSONL -> new ClaudeReader(file, settings);
      case AUTO -> throw new IllegalArgumentException("the format must be known");
    };
  }
}
