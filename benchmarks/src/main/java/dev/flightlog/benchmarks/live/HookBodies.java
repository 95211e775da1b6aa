package dev.flightlog.benchmarks.live;

import java.nio.charset.StandardCharsets;

/**
 * What Claude Code tells hooks in sessions of twelve calls: prompts, calls of several tools with
 * inputs of some ten bytes to some thousand, results, failures. Each holds a mark of its number.
 * Stateless.
 */
final class HookBodies {
  private static final int IN_A_SESSION = 24;
  private static final String[] TOOLS = {"Bash", "Edit", "Read", "Grep", "Write", "WebFetch"};

  private HookBodies() {}

  /** By which the hook of this number is known on the stream. */
  static String mark(int number) {
    return "mark-" + number + ".";
  }

  static byte[] hook(int number) {
    int session = number / IN_A_SESSION;
    int place = number % IN_A_SESSION;
    String id = "live-" + session;
    if (place == 0) {
      return bytes(id, "UserPromptSubmit", ",\"prompt\":\"please mend " + mark(number) + "\"");
    }
    int call = (number - 1) / 2;
    String tool = TOOLS[call % TOOLS.length];
    String more =
        ",\"tool_name\":\""
            + tool
            + "\",\"tool_use_id\":\"toolu_"
            + session
            + "_"
            + call
            + "\",\"tool_input\":{\"command\":\"make\",\"file_path\":\"/srv/shop/src/File"
            + call % 90
            + ".java\",\"content\":\""
            + "line of text ".repeat(call % 5 == 0 ? 400 : 3);
    if (place % 2 == 1) {
      return bytes(id, "PreToolUse", more + mark(number) + "\"}");
    }
    boolean failed = call % 11 == 0;
    return bytes(
        id,
        failed ? "PostToolUseFailure" : "PostToolUse",
        more
            + mark(number - 1)
            + "\"},"
            + (failed
                ? "\"error\":\"exit 2 " + mark(number) + "\""
                : "\"tool_response\":{\"stdout\":\"" + mark(number) + "\",\"stderr\":\"\"}"));
  }

  /** A session that asks for consent, and of which nothing was known. */
  static byte[] asking(String session) {
    return bytes(
        session,
        "Notification",
        ",\"notification_type\":\"permission_prompt\","
            + "\"message\":\"Claude needs your permission to use Bash\"");
  }

  private static byte[] bytes(String session, String event, String more) {
    String text =
        "{\"session_id\":\""
            + session
            + "\",\"transcript_path\":\"/home/dev/.claude/projects/shop/"
            + session
            + ".jsonl\",\"cwd\":\"/srv/shop\",\"permission_mode\":\"default\",\"hook_event_name\":\""
            + event
            + "\""
            + more
            + "}";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
