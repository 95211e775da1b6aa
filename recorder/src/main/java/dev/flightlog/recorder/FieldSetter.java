package dev.flightlog.recorder;

import dev.flightlog.event.Field;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sets fields that are known at run time only. */
final class FieldSetter {
  private FieldSetter() {}

  static EventBuilder set(EventBuilder event, Field field, @Nullable Object value) {
    if (value instanceof String text) {
      return text(event, field, text);
    } else if (value instanceof Boolean flag) {
      return flag(event, field, flag);
    } else if (value instanceof Double || value instanceof Float) {
      return real(event, field, ((Number) value).doubleValue());
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return integer(event, field, ((Number) value).longValue());
    } else if (value instanceof Instant time && field == Field.TIMESTAMP) {
      return event.at(time);
    } else if (field == Field.DETAILS && value instanceof java.util.Map<?, ?> map) {
      return event.details(map);
    }
    return event.detail(field.wireName(), value);
  }

  private static EventBuilder text(EventBuilder event, Field field, String text) {
    return switch (field) {
      case ID -> event.id(text);
      case SESSION_ID -> event.session(text);
      case STORY_ID -> event.story(text);
      case WORKFLOW_ID -> event.workflow(text);
      case AGENT_NAME -> event.agent(text);
      case TASK_ID -> event.taskId(text);
      case RUN_ID -> event.runId(text);
      case COMPONENT -> event.component(text);
      default -> event.detail(field.wireName(), text);
    };
  }

  private static EventBuilder flag(EventBuilder event, Field field, boolean flag) {
    return switch (field) {
      case SUCCESS -> event.success(flag);
      case CREATED_RULE -> event.createdRule(flag);
      case PATTERN_DETECTED -> event.patternDetected(flag);
      case NEEDS_REVIEW -> event.needsReview(flag);
      default -> event.detail(field.wireName(), flag);
    };
  }

  private static EventBuilder integer(EventBuilder event, Field field, long number) {
    return switch (field) {
      case STEP -> event.step(number);
      case DURATION_MS -> event.durationMs(number);
      case TOKENS_USED -> event.tokens(number);
      case TIME_SAVED_OR_WASTED_MS -> event.timeSaved(java.time.Duration.ofMillis(number));
      default ->
          field.kind() == Field.Kind.REAL
              ? real(event, field, number)
              : event.detail(field.wireName(), number);
    };
  }

  private static EventBuilder real(EventBuilder event, Field field, double number) {
    return switch (field) {
      case CONTEXT_PERCENT -> event.contextPercent(number);
      case CONFIDENCE_SCORE -> event.confidence(number);
      case IMPACT_SCORE -> event.impact(number);
      case USER_SATISFACTION_DELTA -> event.userSatisfactionDelta(number);
      default -> event.detail(field.wireName(), number);
    };
  }
}
