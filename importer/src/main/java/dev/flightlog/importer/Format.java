package dev.flightlog.importer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file holds. {@link #AUTO} finds out from its first lines, never from its name. */
public enum Format {
  AUTO,
  /** Flightlog's own lines, written by a recorder. */
  JOURNAL,
  /** Claude Code transcripts ({@code ~/.claude/projects}). */
  CLAUDE,
  /** Codex rollouts ({@code ~/.codex/sessions}). */
  CODEX,
  /** {@code claude -p --output-format stream-json}, also as one JSON array. */
  STREAM_JSON,
  /** Gemini CLI chats ({@code ~/.gemini/tmp}). */
  GEMINI,
  /** Runs of other agents: SWE-agent, OpenHands, mini-swe-agent, ATIF, multi-agent logs. */
  TRAJECTORY,
  /** {@code task_logs.jsonl}: requests, evaluations and outcomes joined by a thread. */
  TASK_LOG,
  /** A SQLite file with the tables {@code tasks}, {@code evaluations}, {@code outcomes}. */
  TASK_DB,
  /** Any JSON lines with a time in them. */
  JSONL;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name on the command line, such as {@code stream-json}. */
  public String wireName() {
    return wireName;
  }

  /** True when a file is one JSON document, though it may also be lines. */
  boolean isDocument() {
    return this == GEMINI || this == TRAJECTORY;
  }

  /** The format with this name, or null when there is none. */
  public static @Nullable Format of(String wireName) {
    for (Format format : values()) {
      if (format.wireName.equals(wireName)) {
        return format;
      }
    }
    return null;
  }
}
