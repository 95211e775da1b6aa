package dev.flightlog.analysis.live;

import dev.flightlog.analysis.live.Standing.State;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What single events say about how their session stands. Stateless. */
final class Signs {
  /** Types of events that say that a session has ended. */
  private static final Set<String> ENDS = Set.of("session_ended");

  /** Types of events that say that the agent's turn is over. */
  static final Set<String> TURN_ENDS =
      Set.of("turn_duration", "stop", "subagent_stop", "after_agent", "agent_stop", "run_finished");

  /** What readers of transcripts add to them: no line of a file, and no word of a program. */
  static final String DERIVED = "session_started";

  /** What a program counted in a while, which comes by the dozen. */
  static final String METRIC = "metric";

  /** What a person typed to the program and not to the agent. */
  static final String COMMAND = "slash_command";

  static final Set<String> LEAVING = Set.of("/exit", "/quit");

  /** Types of events that say nothing about what an agent does. */
  static final Set<String> ASIDE =
      Set.of(
          "rate_limits",
          DERIVED,
          METRIC,
          COMMAND,
          EventTypes.RULE_EXPOSURE,
          EventTypes.RECORDER_GAP,
          EventTypes.HUMAN_CLARIFICATION_NEEDED,
          "notification",
          "instructions_loaded",
          "config_change",
          "cwd_changed",
          "directory_added",
          "file_changed",
          "message_display",
          "setup",
          "teammate_idle");

  /** Tools that do nothing but ask a person. */
  static final Set<String> ASKING =
      Set.of("AskUserQuestion", "ExitPlanMode", "ask_user", "request_user_input");

  /** Tools that are done at once, so that a call that goes on waits for consent. */
  static final Set<String> QUICK =
      Set.of("Edit", "MultiEdit", "Write", "NotebookEdit", "Read", "Glob", "TodoWrite");

  /** Reasons of questions that say no more than that the turn is over. */
  static final Set<String> NEXT_PROMPT = Set.of("idle", "idle_prompt");

  /** Notifications by which a program tells that it waits for a person. */
  static final Set<String> ASKS =
      Set.of(
          "permission_prompt",
          "idle_prompt",
          "elicitation_dialog",
          "elicitation_url_dialog",
          "agent_needs_input",
          "ToolPermission");

  private Signs() {}

  /** True when it says that the session has ended. */
  static boolean isEnd(Event event) {
    return ENDS.contains(event.eventType())
        || event.eventType().equals(COMMAND)
            && LEAVING.contains(String.valueOf(event.detail("command")));
  }

  /** True when a person was asked for something, or at least told that a session waits. */
  static boolean isQuestion(Event event) {
    return event.eventType().equals(EventTypes.HUMAN_CLARIFICATION_NEEDED)
        || (event.eventType().equals("notification")
            && ASKS.contains(String.valueOf(reason(event))));
  }

  private static @Nullable String reason(Event event) {
    return event.detail(event.eventType().equals("notification") ? "notification_type" : "reason");
  }

  /** What a question to a person means. */
  static Standing asks(Event event) {
    return asks(reason(event), event.micros());
  }

  private static Standing asks(@Nullable String reason, long since) {
    String words =
        switch (String.valueOf(reason)) {
          case "null" -> "needs you";
          case "permission", "permission_prompt", "ToolPermission" -> "asks for consent";
          case "question", "elicitation", "elicitation_dialog", "elicitation_url_dialog" ->
              "asks a question";
          case "plan" -> "shows a plan to approve";
          case "agent_needs_input" -> "an agent in the background needs you";
          case "idle", "idle_prompt" -> "waits for your next prompt";
          default -> String.valueOf(reason).replace('_', ' ');
        };
    boolean idle = NEXT_PROMPT.contains(String.valueOf(reason));
    return Standing.certain(idle ? State.IDLE : State.WAITING, words, since);
  }
}
