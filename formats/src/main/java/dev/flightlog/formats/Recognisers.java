package dev.flightlog.formats;

import java.util.Set;

/** The longer ones of the tests by which formats are told apart. Stateless. */
final class Recognisers {
  private static final Set<String> CLAUDE =
      Set.of(
          "user",
          "assistant",
          "system",
          "progress",
          "summary",
          "file-history-snapshot",
          "queue-operation",
          "attachment",
          "result");
  private static final Set<String> CODEX =
      Set.of(
          "session_meta",
          "response_item",
          "event_msg",
          "turn_context",
          "compacted",
          "function_call",
          "function_call_output",
          "custom_tool_call",
          "local_shell_call");
  private static final Set<String> KIMI_TYPES =
      Set.of(
          "context.append_message",
          "context.append_loop_event",
          "turn.prompt",
          "usage.record",
          "llm.tools_snapshot");
  private static final Set<String> EXEC =
      Set.of("thread.started", "turn.started", "turn.completed", "item.started", "item.completed");

  private Recognisers() {}

  static boolean isExec(Members at) {
    String type = at.text("type");
    return EXEC.contains(type)
        && (at.has("thread_id")
            || at.has("item.id")
            || at.has("usage")
            || type.equals("turn.started"));
  }

  static boolean isKimi(Members at) {
    return at.hasAll("type", "protocol_version")
        || KIMI_TYPES.contains(at.text("type"))
        || (at.isText("message.type") && at.hasAll("message.payload", "timestamp"));
  }

  /** A line, or the first object of an array, where names begin with a dot. */
  static boolean isStream(Members at, String dot) {
    return CLAUDE.contains(at.text(dot + "type")) && at.has(dot + "session_id");
  }

  static boolean isRollout(Members at) {
    String type = at.text("type");
    boolean envelope = at.has("payload") && !type.isEmpty() && at.has("timestamp");
    boolean item =
        CODEX.contains(type) && (at.has("call_id") || at.has("payload") || at.has("name"));
    boolean meta = at.has("instructions") || at.has("git");
    return envelope
        || item
        || (type.isEmpty() && meta && at.isText("id") && at.isText("timestamp"));
  }

  static boolean isDroid(Members at) {
    return switch (at.text("type")) {
      case "session_start" -> at.hasAll("id", "cwd") && !at.has("session_id");
      case "system" -> at.hasAll("id", "cwd", "model", "timestamp") && !at.has("uuid");
      case "tool_call" -> at.hasAll("toolName", "parameters");
      case "completion" -> at.has("finalText");
      default -> false;
    };
  }

  static boolean isTranscript(Members at) {
    String type = at.text("type");
    if (type.isEmpty() || at.has("message.parts") || at.has("projectHash")) {
      return false;
    }
    if (at.has("sessionId")) {
      return CLAUDE.contains(type)
          ? at.has("message.content") || at.has("message.usage") || !isMessage(type)
          : at.has("uuid") || at.has("leafUuid") || at.has("parentUuid") || !at.has("id");
    }
    return CLAUDE.contains(type)
        && !at.has("session_id")
        && (at.has("leafUuid")
            || at.has("snapshot")
            || (at.has("message.content") && at.has("uuid")));
  }

  static boolean isTelemetry(Members at) {
    return at.has("resourceSpans") || at.has("resourceLogs") || at.has("resourceMetrics");
  }

  static boolean isMessage(String type) {
    return type.equals("user") || type.equals("assistant");
  }

  static boolean isRun(Members at) {
    boolean openHands = at.has(".source") && (at.has(".action") || at.has(".observation"));
    boolean list = at.has(".role") && (at.has(".content") || at.has(".tool_calls"));
    boolean run = false;
    for (String name :
        new String[] {
          "messages",
          "traj",
          "trajectory",
          "conversation",
          "history",
          "chat",
          ".traj",
          ".messages",
          ".trajectory",
          ".conversation"
        }) {
      run |= at.has(name + ".role") && at.has(name + ".content");
    }
    return at.has("atof_version")
        || at.hasAll("steps", "schema_version")
        || at.has("trajectory.action")
        || at.has("trajectory.observation")
        || openHands
        || run
        || (list && !at.has(".type"))
        || (at.hasAll("role", "content") && !at.has("type"));
  }
}
