package dev.flightlog.formats;

import dev.flightlog.formats.Format.Reader;
import dev.flightlog.formats.Format.Shape;
import dev.flightlog.formats.aider.AiderReader;
import dev.flightlog.formats.claude.ClaudeReader;
import dev.flightlog.formats.cline.ClineReader;
import dev.flightlog.formats.codex.CodexExecReader;
import dev.flightlog.formats.codex.CodexReader;
import dev.flightlog.formats.copilot.CopilotReader;
import dev.flightlog.formats.cursor.CursorReader;
import dev.flightlog.formats.droid.DroidReader;
import dev.flightlog.formats.gemini.GeminiReader;
import dev.flightlog.formats.kimi.KimiReader;
import dev.flightlog.formats.lines.AnyLinesReader;
import dev.flightlog.formats.lines.JournalReader;
import dev.flightlog.formats.lines.TaskLogReader;
import dev.flightlog.formats.otlp.OtlpReader;
import dev.flightlog.formats.pi.PiReader;
import dev.flightlog.formats.qwen.QwenReader;
import dev.flightlog.formats.reading.DatabaseForm;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.tables.CrushReader;
import dev.flightlog.formats.tables.GooseLines;
import dev.flightlog.formats.tables.GooseReader;
import dev.flightlog.formats.tables.OpenCodeReader;
import dev.flightlog.formats.trajectory.TrajectoryReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every format there is, in the order in which they are asked whether a file is theirs. To add one:
 * write its reader in a package of its own, and one record here.
 */
public final class Formats {
  /** {@code task_logs.jsonl}: requests, evaluations and outcomes joined by a thread. */
  public static final Format TASK_LOG =
      lines(
          "task-log",
          "simple task logs",
          at ->
              at.isText("event_type") && at.hasAll("timestamp", "thread_ts") && !at.has("category"),
          new Reader.Rows(TaskLogReader::new));

  /** Flightlog's own lines, written by a recorder. */
  public static final Format JOURNAL =
      lines(
          "journal",
          "Flightlog's own journals",
          at -> at.isText("event_type") && at.has("timestamp"),
          new Reader.Rows(JournalReader::new));

  /** What {@code codex exec --json} prints. */
  public static final Format CODEX_EXEC =
      lines(
          "codex-exec",
          "codex exec --json",
          Recognisers::isExec,
          new Reader.Occurrences(CodexExecReader::new));

  /** Codex rollouts. */
  public static final Format CODEX_ROLLOUT =
      lines(
          "codex",
          "Codex rollouts (~/.codex/sessions)",
          Recognisers::isRollout,
          new Reader.Occurrences(CodexReader::new));

  /** Event logs of GitHub Copilot CLI. */
  public static final Format COPILOT =
      lines(
          "copilot",
          "GitHub Copilot CLI (~/.copilot/session-state)",
          at ->
              at.hasAll("data", "parentId", "id")
                  && (at.has("data.sessionId") || at.text("type").contains(".")),
          new Reader.Occurrences(CopilotReader::new));

  /** Sessions of Pi, OpenClaw, omp. */
  public static final Format PI =
      lines(
          "pi",
          "Pi and OpenClaw (~/.pi/agent/sessions)",
          at ->
              !at.has("sessionId")
                  && !at.has("session_id")
                  && (at.text("type").equals("session")
                      ? at.isText("id") && at.has("timestamp") && at.has("cwd")
                      : at.text("type").equals("message")
                          && at.hasAll("message.role", "timestamp")),
          new Reader.Occurrences(PiReader::new));

  /** Chats of Qwen Code. */
  public static final Format QWEN =
      lines(
          "qwen",
          "Qwen Code (~/.qwen/projects)",
          at -> at.has("sessionId") && (at.has("message.parts") || at.has("systemPayload")),
          new Reader.Occurrences(QwenReader::new));

  /** Sessions of Factory's Droid, their settings, and its streams. */
  public static final Format DROID =
      new Format(
          "droid",
          "Factory Droid (~/.factory/sessions, droid exec)",
          Shape.DOCUMENT,
          List.of(".settings.json"),
          Recognisers::isDroid,
          at -> at.hasAll("tokenUsage.inputTokens", "tokenUsage.cacheReadTokens"),
          new Reader.Occurrences(DroidReader::new));

  /** Tasks of Cline and Roo Code. */
  public static final Format CLINE =
      new Format(
          "cline",
          "Cline and Roo Code (ui_messages.json)",
          Shape.DOCUMENT,
          List.of(".json"),
          null,
          at -> at.hasAll(".ts", ".type") && (at.has(".say") || at.has(".ask")),
          new Reader.Occurrences(ClineReader::new));

  /** Chat histories of Aider. */
  public static final Format AIDER =
      new Format(
          "aider",
          "Aider (.aider.chat.history.md)",
          Shape.TEXT,
          List.of(".aider.chat.history.md"),
          at -> at.text("").startsWith("# aider chat started at "),
          null,
          new Reader.Occurrences(AiderReader::new));

  /** Transcripts of Cursor's agent. */
  public static final Format CURSOR =
      lines(
          "cursor",
          "Cursor (agent-transcripts)",
          at -> at.hasAll("role", "message.content") && !at.has("type") && !at.has("message.role"),
          new Reader.Occurrences(CursorReader::new));

  /** Sessions of Kimi. */
  public static final Format KIMI =
      lines(
          "kimi",
          "Kimi Code and Kimi CLI (wire.jsonl)",
          Recognisers::isKimi,
          new Reader.Occurrences(KimiReader::new));

  /** Sessions that Goose kept as lines. */
  public static final Format GOOSE_LINES =
      lines(
          "goose-lines",
          "Goose before 1.10",
          at ->
              at.has("working_dir")
                  && (at.has("message_count") || at.has("extension_data"))
                  && !at.has("type"),
          new Reader.Occurrences(GooseLines::new));

  /** The database of Goose. */
  public static final Format GOOSE =
      database("goose", "Goose (sessions.db)", GooseReader.FORM, GooseReader::new);

  /** The database of Crush. */
  public static final Format CRUSH =
      database("crush", "Crush (.crush/crush.db)", CrushReader.FORM, CrushReader::new);

  /** The database of OpenCode. */
  public static final Format OPENCODE =
      database("opencode", "OpenCode (opencode.db)", OpenCodeReader.FORM, OpenCodeReader::new);

  /** Claude Code transcripts. */
  public static final Format CLAUDE_TRANSCRIPT =
      lines(
          "claude",
          "Claude Code transcripts (~/.claude/projects)",
          Recognisers::isTranscript,
          new Reader.Occurrences(ClaudeReader::new));

  /** {@code claude -p --output-format stream-json}, also as one JSON array. */
  public static final Format STREAM_JSON =
      new Format(
          "stream-json",
          "claude -p --output-format stream-json, and the audit files of Claude Desktop",
          Shape.LINES,
          List.of(".json"),
          at -> Recognisers.isStream(at, ""),
          at -> Recognisers.isStream(at, "."),
          new Reader.Occurrences(ClaudeReader::new));

  /** Gemini CLI chats. */
  public static final Format GEMINI =
      new Format(
          "gemini",
          "Gemini CLI chats (~/.gemini/tmp)",
          Shape.DOCUMENT,
          List.of(".json"),
          at -> at.hasAll("sessionId", "projectHash"),
          at ->
              at.hasAll("sessionId", "projectHash") && (at.has("messages") || at.has("startTime")),
          new Reader.Occurrences(GeminiReader::new));

  /** Runs of other agents. */
  public static final Format TRAJECTORY =
      new Format(
          "trajectory",
          "runs of SWE-agent, OpenHands, mini-swe-agent, tau-bench, ATIF, lists of messages",
          Shape.DOCUMENT,
          List.of(".json", ".traj"),
          at -> at.has("atof_version"),
          Recognisers::isRun,
          new Reader.Occurrences(TrajectoryReader::new));

  /** Telemetry that was written to files. */
  public static final Format OTLP =
      new Format(
          "otlp",
          "OpenTelemetry: OTLP as JSON, a line each or one document, or as protobuf",
          Shape.DOCUMENT,
          List.of(".json"),
          Recognisers::isTelemetry,
          Recognisers::isTelemetry,
          new Reader.Rows(OtlpReader::new));

  /** A SQLite file with the tables {@code tasks}, {@code evaluations}, {@code outcomes}. */
  public static final Format TASK_DB =
      new Format(
          "task-db",
          "databases of tasks",
          Shape.DATABASE,
          List.of(".db", ".sqlite", ".sqlite3"),
          null,
          null,
          new Reader.Tables());

  /** Any JSON lines with a time in them; what nobody else claims. */
  public static final Format JSONL =
      lines("jsonl", "any JSON lines with a time", null, new Reader.Rows(AnyLinesReader::new));

  private static final List<Format> ALL =
      List.of(
          TASK_LOG,
          JOURNAL,
          DROID,
          CLINE,
          AIDER,
          CURSOR,
          CODEX_EXEC,
          CODEX_ROLLOUT,
          COPILOT,
          PI,
          QWEN,
          KIMI,
          GOOSE_LINES,
          GOOSE,
          CRUSH,
          OPENCODE,
          CLAUDE_TRANSCRIPT,
          STREAM_JSON,
          GEMINI,
          TRAJECTORY,
          OTLP,
          TASK_DB,
          JSONL);

  private Formats() {}

  private static Format lines(
      String name, String title, Format.@Nullable Recogniser line, Reader reader) {
    return new Format(name, title, Shape.LINES, List.of(), line, null, reader);
  }

  private static Format database(
      String name, String title, DatabaseForm form, Reader.Occurrences.Source source) {
    return new Format(
        name,
        title,
        Shape.DATABASE,
        List.of(".db", ".sqlite", ".sqlite3"),
        null,
        null,
        new Reader.Database(form, source));
  }

  /** All formats. */
  public static List<Format> all() {
    return ALL;
  }

  /** The format with this name, or null when there is none. */
  public static @Nullable Format of(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst().orElse(null);
  }

  /** The names, with commas between. */
  public static String names() {
    return ALL.stream().map(Format::name).collect(Collectors.joining(", "));
  }

  /** The format of which this line must be, or null when any or none may be. */
  public static @Nullable Format ofLine(Members line) {
    for (Format format : ALL) {
      Format.Recogniser recogniser = format.line();
      if (format.shape() != Shape.TEXT && recogniser != null && recogniser.matches(line)) {
        return format;
      }
    }
    return null;
  }

  /** The format of which this document must be, or null. */
  public static @Nullable Format ofDocument(Members document) {
    for (Format format : ALL) {
      Format.Recogniser recogniser = format.document();
      if (recogniser != null && recogniser.matches(document)) {
        return format;
      }
    }
    return null;
  }

  /** The format of which a database with these columns by table must be, or null. */
  public static @Nullable Format ofTables(Map<String, Set<String>> columns) {
    for (Format format : ALL) {
      if (format.reader() instanceof Reader.Database database && database.form().matches(columns)) {
        return format;
      }
    }
    return null;
  }

  /** The format of which a text with this first line must be, or null. */
  public static @Nullable Format ofText(Members firstLine) {
    for (Format format : ALL) {
      Format.Recogniser recogniser = format.line();
      if (format.shape() == Shape.TEXT && recogniser != null && recogniser.matches(firstLine)) {
        return format;
      }
    }
    return null;
  }

  /** True when a time stands in this line where {@link #JSONL} finds it. */
  public static boolean hasTime(Members line) {
    return line.any(Times::isKey);
  }
}
