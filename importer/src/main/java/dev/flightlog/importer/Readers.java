package dev.flightlog.importer;

import dev.flightlog.formats.AnyLinesReader;
import dev.flightlog.formats.ClaudeReader;
import dev.flightlog.formats.CodexReader;
import dev.flightlog.formats.FileContext;
import dev.flightlog.formats.GeminiReader;
import dev.flightlog.formats.JournalReader;
import dev.flightlog.formats.LineReader;
import dev.flightlog.formats.ReaderSettings;
import dev.flightlog.formats.TaskLogReader;
import dev.flightlog.formats.TrajectoryReader;

/** Makes the reader of a format. */
final class Readers {
  private Readers() {}

  /** A reader for one file; {@link Format#AUTO} is not allowed. */
  static LineReader of(Format format, FileContext file, ReaderSettings settings) {
    return switch (format) {
      case JOURNAL -> new JournalReader(file, settings);
      case CLAUDE, STREAM_JSON -> new ClaudeReader(file, settings);
      case CODEX -> new CodexReader(file, settings);
      case GEMINI -> new GeminiReader(file, settings);
      case TRAJECTORY -> new TrajectoryReader(file, settings);
      case TASK_LOG -> new TaskLogReader(file, settings);
      case JSONL -> new AnyLinesReader(file, settings);
      case TASK_DB -> throw new IllegalArgumentException("a database has no lines");
      case AUTO -> throw new IllegalArgumentException("the format must be known");
    };
  }
}
