package dev.flightlog.learning.hooks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which hooks we want of which agent, and why not others. Stateless. */
public final class AgentHooks {
  private static final long SECONDS = 5;
  private static final String EVERY = "*";

  /** What a hook is told of these is one short line. */
  private static final List<String> SHORT =
      List.of("SessionStart", "SubagentStart", "SessionEnd", "CwdChanged", "PostModelSwitch");

  /** Tools are named by a matcher in these. */
  private static final List<String> OF_TOOLS =
      List.of(
          "PreToolUse",
          "PostToolUse",
          "PostToolUseFailure",
          "PermissionRequest",
          "PermissionDenied");

  /** Known to every version that has hooks for trials. */
  private static final List<String> CLAUDE =
      List.of(
          "SessionStart",
          "SubagentStart",
          "PreToolUse",
          "PostToolUse",
          "PostToolUseFailure",
          "UserPromptSubmit",
          "Notification",
          "Stop",
          "SubagentStop",
          "PreCompact",
          "SessionEnd");

  /** A client that does not know an event asks a person about it at its start. */
  private static final List<String> CLAUDE_2_1_197 =
      List.of(
          "PermissionRequest",
          "PermissionDenied",
          "PostToolBatch",
          "StopFailure",
          "PostCompact",
          "Elicitation",
          "ElicitationResult",
          "TaskCreated",
          "TaskCompleted",
          "CwdChanged",
          "InstructionsLoaded");

  private static final List<String> CLAUDE_2_1_329 = List.of("PostModelSwitch");

  private static final List<String> CODEX =
      List.of(
          "SessionStart",
          "UserPromptSubmit",
          "PreToolUse",
          "PermissionRequest",
          "PostToolUse",
          "PreCompact",
          "PostCompact",
          "SubagentStart",
          "SubagentStop",
          "Stop",
          "Interrupt",
          "SessionEnd");

  /** Codex lets hooks of these run for 3 seconds at most, and says so to the person otherwise. */
  private static final List<String> AT_ITS_END = List.of("Interrupt", "SessionEnd");

  private static final long SECONDS_AT_ITS_END = 3;

  /** Not those around a request to the model, which are told all of it. */
  private static final List<String> GEMINI =
      List.of(
          "SessionStart",
          "BeforeAgent",
          "AfterAgent",
          "BeforeTool",
          "AfterTool",
          "Notification",
          "PreCompress",
          "SessionEnd");

  private static final List<String> COPILOT =
      List.of(
          "SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop", "SessionEnd");

  private AgentHooks() {}

  /**
   * Claude Code: hooks and, where wanted, telemetry. {@code WorktreeCreate} is not among the
   * events, because a hook there takes the work upon itself; nor what is told for each piece of
   * text or file.
   *
   * @param version of the client, such as {@code 2.1.329}; empty when it is not known
   * @param port of the server to which telemetry goes; 0 for none
   * @param statusLine whether it shows ours, too
   * @param http hooks call the server at that port where the event allows, instead of a script
   */
  public static WantedSettings claude(
      HookScript script, String version, int port, boolean http, boolean statusLine) {
    List<String> events = new ArrayList<>(CLAUDE);
    if (isAtLeast(version, 197)) {
      events.addAll(events.size() - 1, CLAUDE_2_1_197);
    }
    if (isAtLeast(version, 329)) {
      events.addAll(events.size() - 1, CLAUDE_2_1_329);
    }
    List<WantedSettings.Group> groups = new ArrayList<>();
    for (String event : events) {
      boolean calls = http && !event.equals("SessionStart");
      String handler =
          calls
              ? "http://127.0.0.1:" + port + "/hooks/claude"
              : HookCommand.of(script.path(), "claude", SHORT.contains(event));
      groups.add(
          new WantedSettings.Group(event, OF_TOOLS.contains(event) ? EVERY : "", handler, SECONDS));
    }
    Map<String, String> environment = new LinkedHashMap<>();
    if (port > 0) {
      environment.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
      environment.put("OTEL_LOGS_EXPORTER", "otlp");
      environment.put("OTEL_METRICS_EXPORTER", "otlp");
      environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
      environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port);
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "command");
    line.put("command", HookCommand.statusLine(script.statusLine()));
    return new WantedSettings(
        groups, environment, statusLine ? Map.of("statusLine", line) : Map.of(), scripts(script));
  }

  private static boolean isAtLeast(String version, int patch) {
    String[] parts = version.split("\\.", -1);
    if (parts.length < 3 || !String.join("", parts).matches("\\d{3,12}")) {
      return false;
    }
    int major = Integer.parseInt(parts[0]);
    int minor = Integer.parseInt(parts[1]);
    return major > 2
        || (major == 2 && (minor > 1 || (minor == 1 && Integer.parseInt(parts[2]) >= patch)));
  }

  /** Codex, whose hooks run once a person has trusted them. */
  public static WantedSettings codex(HookScript script) {
    String command = HookCommand.of(script.path(), "codex", false);
    List<WantedSettings.Group> groups =
        CODEX.stream()
            .map(event ->
                new WantedSettings.Group(
                    event, "", command, AT_ITS_END.contains(event) ? SECONDS_AT_ITS_END : SECONDS))
            .toList();
    return new WantedSettings(groups, Map.of(), Map.of(), scripts(script));
  }

  /**
   * Gemini CLI, which counts in milliseconds.
   *
   * @param port of the server to which telemetry goes; 0 for none
   */
  public static WantedSettings gemini(HookScript script, int port) {
    Map<String, Object> telemetry = new LinkedHashMap<>();
    telemetry.put("enabled", true);
    telemetry.put("target", "local");
    telemetry.put("otlpEndpoint", "http://127.0.0.1:" + port);
    telemetry.put("otlpProtocol", "http");
    telemetry.put("logPrompts", false);
    Map<String, Object> members = port > 0 ? Map.of("telemetry", telemetry) : Map.of();
    return plain(script, "gemini", GEMINI, SECONDS * 1000, members);
  }

  /** GitHub Copilot CLI. */
  public static WantedSettings copilot(HookScript script) {
    return plain(script, "copilot", COPILOT, SECONDS, Map.of());
  }

  private static WantedSettings plain(
      HookScript script,
      String program,
      List<String> events,
      long timeout,
      Map<String, Object> members) {
    String command = HookCommand.of(script.path(), program, false);
    List<WantedSettings.Group> groups =
        events.stream()
            .map(event -> new WantedSettings.Group(event, "", command, timeout))
            .toList();
    return new WantedSettings(groups, Map.of(), members, scripts(script));
  }

  private static List<Path> scripts(HookScript script) {
    return List.of(script.path(), script.former());
  }
}
