package dev.flightlog.cli.runs;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.runs.PastRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of somebody else's run as an entry of a log. */
final class EventEntry {
  /** Where the text of an event stands, the best first. */
  private static final List<String> TEXTS =
      List.of("message", "text", "prompt", "output", "reason", "tool", "to_agent");

  private EventEntry() {}

  static void write(Event event, long step, PastRun run) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>(event.details());
    Long duration = event.integer(Field.DURATION_MS);
    if (duration != null) {
      details.put("duration_ms", duration);
    }
    if (event.text(Field.AGENT_NAME) != null) {
      details.put("agent_name", event.text(Field.AGENT_NAME));
    }
    details.put("original_type", event.eventType());
    if (event.eventType().equals(EventTypes.USER_PROMPT)) {
      details.put("kind", "prompt");
    } else if (event.eventType().equals(EventTypes.HUMAN_CLARIFICATION_NEEDED)) {
      details.put("kind", "clarification");
    }
    boolean failed = Boolean.FALSE.equals(event.flag(Field.SUCCESS));
    if (failed) {
      details.put("success", false);
    }
    run.entry(
        event.micros(),
        step,
        level(event, failed),
        component(event),
        type(event),
        text(event),
        details);
  }

  private static System.Logger.Level level(Event event, boolean failed) {
    if (event.eventType().equals(EventTypes.ERROR)) {
      return System.Logger.Level.ERROR;
    }
    return failed ? System.Logger.Level.WARNING : System.Logger.Level.INFO;
  }

  private static String component(Event event) {
    return switch (event.eventType()) {
      case EventTypes.TOOL_CALL -> "adapter";
      case EventTypes.MODEL_CALL -> "metrics";
      case EventTypes.TASK_OUTCOME, EventTypes.ERROR -> "validator";
      default -> "orchestrator";
    };
  }

  /** What the logs of runs count. */
  private static @Nullable String type(Event event) {
    return switch (event.eventType()) {
      case EventTypes.MODEL_CALL -> "model_call";
      case EventTypes.TOOL_CALL -> "api_call";
      case EventTypes.USER_PROMPT, EventTypes.HUMAN_CLARIFICATION_NEEDED -> "human_interaction";
      default -> null;
    };
  }

  private static String text(Event event) {
    for (String key : TEXTS) {
      String text = event.detail(key);
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return Boolean.FALSE.equals(event.flag(Field.SUCCESS))
        ? event.eventType() + ": not successful"
        : event.eventType();
  }
}
