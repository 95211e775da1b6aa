package dev.flightlog.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event types whose meaning is fixed, with their category. All other types are free. */
public final class EventTypes {
  public static final String TOOL_CALL = "tool_call";
  public static final String MODEL_CALL = "model_call";
  public static final String AGENT_STARTED = "agent_started";
  public static final String AGENT_FINISHED = "agent_finished";
  public static final String AGENT_TRANSITION = "agent_transition";
  public static final String TASK_REQUEST = "task_request";
  public static final String EVALUATION = "evaluation";
  public static final String TASK_ASSIGNED = "task_assigned";

  /** A task that no agent gets. */
  public static final String TASK_UNASSIGNED = "task_unassigned";

  public static final String TASK_OUTCOME = "task_outcome";
  public static final String WEBHOOK_STAGE = "webhook_stage";

  /** Count and span of what a recorder had to drop. */
  public static final String RECORDER_GAP = "recorder_gap";

  public static final String ERROR = "error";
  public static final String USER_PROMPT = "user_prompt";
  public static final String USER_INTERRUPT = "user_interrupt";
  public static final String TOOL_REJECTED = "tool_rejected";
  public static final String HUMAN_CLARIFICATION_NEEDED = "human_clarification_needed";
  public static final String CONTEXT_COMPACTED = "context_compacted";
  public static final String RULE_EXPOSURE = "rule_exposure";
  public static final String DECISION = "decision";

  /** The {@code error_type} of a tool call that a person refused; not the tool's error in rates. */
  public static final String REJECTED = "rejected";

  /** The most characters an event type may have. */
  public static final int MAX_LENGTH = 64;

  private static final Map<String, Category> CATEGORIES =
      Map.ofEntries(
          Map.entry(TOOL_CALL, Category.EXECUTION),
          Map.entry(MODEL_CALL, Category.EXECUTION),
          Map.entry(AGENT_STARTED, Category.EXECUTION),
          Map.entry(AGENT_FINISHED, Category.EXECUTION),
          Map.entry(AGENT_TRANSITION, Category.EXECUTION),
          Map.entry(TASK_REQUEST, Category.EXECUTION),
          Map.entry(EVALUATION, Category.EXECUTION),
          Map.entry(TASK_ASSIGNED, Category.EXECUTION),
          Map.entry(TASK_UNASSIGNED, Category.EXECUTION),
          Map.entry(TASK_OUTCOME, Category.EXECUTION),
          Map.entry(WEBHOOK_STAGE, Category.EXECUTION),
          Map.entry(RECORDER_GAP, Category.EXECUTION),
          Map.entry(ERROR, Category.ERROR),
          Map.entry(USER_PROMPT, Category.INTERACTION),
          Map.entry(USER_INTERRUPT, Category.INTERACTION),
          Map.entry(TOOL_REJECTED, Category.INTERACTION),
          Map.entry(HUMAN_CLARIFICATION_NEEDED, Category.INTERACTION),
          Map.entry(CONTEXT_COMPACTED, Category.PERFORMANCE),
          Map.entry(RULE_EXPOSURE, Category.LEARNING),
          Map.entry(DECISION, Category.DECISION));

  private EventTypes() {}

  /** The category that this type always has, or null when the type is free. */
  public static @Nullable Category categoryOf(String eventType) {
    return CATEGORIES.get(eventType);
  }

  /** True for 1 to 64 characters of {@code a-z 0-9 _}, beginning with a letter. */
  public static boolean isWellFormed(String eventType) {
    int length = eventType.length();
    if (length == 0 || length > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = eventType.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      boolean other = (c >= '0' && c <= '9') || c == '_';
      if (!letter && (i == 0 || !other)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The nearest well-formed type: lower snake case, at most 64 characters, {@code event} for
   * nothing.
   */
  public static String wellFormed(String eventType) {
    if (isWellFormed(eventType)) {
      return eventType;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < eventType.length() && out.length() < MAX_LENGTH; i++) {
      char c = eventType.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        boolean afterLower = i > 0 && Character.isLowerCase(eventType.charAt(i - 1));
        if (afterLower && out.length() < MAX_LENGTH - 1) {
          out.append('_');
        }
        out.append((char) (c + 32));
      } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && out.length() > 0)) {
        out.append(c);
      } else if (out.length() > 0 && out.charAt(out.length() - 1) != '_') {
        out.append('_');
      }
    }
    while (out.length() > 0 && out.charAt(out.length() - 1) == '_') {
      out.setLength(out.length() - 1);
    }
    return out.length() == 0 ? "event" : out.toString();
  }
}
