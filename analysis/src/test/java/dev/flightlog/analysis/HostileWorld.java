package dev.flightlog.analysis;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random events whose names someone made up to break an answer: Chinese, emoji, base64, minified
 * JSON, controls, reversed text, ten thousand letters; and numbers from none to absurd.
 */
final class HostileWorld {
  static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  final Random random;
  final List<Event> events = new ArrayList<>();
  final List<String> stories;
  final List<String> agents;
  private final List<String> tools;
  private final List<String> errors;
  private final List<String> models;
  final List<String> sessions;
  final List<String> workflows;
  private final List<String> tasks;

  HostileWorld(long seed) {
    this(seed, 60, true);
  }

  /** A world with at most so many events. */
  HostileWorld(long seed, int most, boolean absurdNumbers) {
    random = new Random(seed);
    stories = names(3);
    agents = names(1 + random.nextInt(6));
    sessions = names(6);
    workflows = names(3);
    tasks = names(5);
    tools = names(1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 8));
    errors = names(1 + random.nextInt(6));
    models = names(1 + random.nextInt(8));
    int size = random.nextInt(most);
    long spanMinutes = 1L << random.nextInt(17);
    for (int i = 0; i < size; i++) {
      Instant time = NOW.minusSeconds(random.nextLong(spanMinutes * 60));
      events.add(event(i, time.plusNanos(1000L * random.nextInt(1_000_000)), absurdNumbers));
    }
  }

  EventBatch batch() {
    EventBatch batch = new EventBatch();
    for (Event event : events) {
      batch.add(EventBatch.Mode.NEW, event);
    }
    return batch;
  }

  private List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(name());
    }
    return names;
  }

  <T> @Nullable T pick(List<T> from) {
    int i = random.nextInt(from.size() + 1);
    return i == from.size() ? null : from.get(i);
  }

  String name() {
    int length = random.nextInt(12) == 0 ? 10_000 : 1 + random.nextInt(60);
    StringBuilder out = new StringBuilder();
    int kind = random.nextInt(12);
    while (out.length() < length) {
      switch (kind) {
        case 0 -> out.appendCodePoint(0x4e00 + random.nextInt(0x5000));
        case 1 -> out.appendCodePoint(0x1f300 + random.nextInt(0x500)).append("\u200d\ufe0f");
        case 2 ->
            out.append(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                    .charAt(random.nextInt(64)));
        case 3 -> out.append("{\"a\":[").append(random.nextInt(1000)).append(",null,\"\\n\"]},");
        case 4 -> out.append((char) random.nextInt(32)).append("\u001b[31m\u007f\u009b");
        case 5 -> out.append("\u202e\u2066\u200fgnp.").append((char) ('a' + random.nextInt(26)));
        case 6 -> out.append('e').append("\u0301\u0327\u20dd".repeat(4));
        case 7 -> out.appendCodePoint(0xe0020 + random.nextInt(90));
        case 8 -> out.append("\r\n\t\u2028\u3000 \u00a0");
        case 9 -> out.append(" -- +7 more: flightlog 'ask' \"$(x)\" `y`;");
        case 10 -> out.append("\u0e01\u0e33\u0939\u093f\u06cc\u05d0\uffff\ue000");
        default -> {
          return List.of("Bash", "Edit", "Read", "main", "1.2", "default", "exit_code_1")
              .get(random.nextInt(7));
        }
      }
    }
    return out.toString();
  }

  private Event event(int i, Instant time, boolean absurd) {
    String type =
        switch (random.nextInt(20)) {
          case 0 -> EventTypes.MODEL_CALL;
          case 1 -> EventTypes.ERROR;
          case 2 -> EventTypes.HUMAN_CLARIFICATION_NEEDED;
          case 3 -> EventTypes.USER_INTERRUPT;
          case 4 -> "planning_complete";
          case 5 -> EventTypes.AGENT_FINISHED;
          case 6, 7 -> EventTypes.AGENT_TRANSITION;
          case 8, 9 -> EventTypes.EVALUATION;
          case 10 -> EventTypes.DECISION;
          case 11 -> EventTypes.TASK_OUTCOME;
          case 12 -> EventTypes.CONTEXT_COMPACTED;
          case 13 -> random.nextBoolean() ? EventTypes.RECORDER_GAP : EventTypes.RULE_EXPOSURE;
          case 14 -> EventTypes.USER_PROMPT;
          default -> EventTypes.TOOL_CALL;
        };
    Category known = EventTypes.categoryOf(type);
    Category category = known == null ? Category.values()[random.nextInt(6)] : known;
    Event.Builder event =
        Event.builder(EventIds.ofKey("hostile:" + i), time, type, category)
            .set(Field.STORY_ID, pick(stories))
            .set(Field.AGENT_NAME, pick(agents))
            .set(Field.SESSION_ID, pick(sessions))
            .set(Field.WORKFLOW_ID, pick(workflows))
            .set(Field.TASK_ID, pick(tasks))
            .set(Field.SUCCESS, random.nextInt(5) == 0 ? null : random.nextInt(3) > 0);
    if (random.nextInt(4) > 0) {
      long longest = absurd && random.nextInt(20) == 0 ? 1_000_000_000_000L : 100_000;
      event.set(Field.DURATION_MS, random.nextLong(longest) - (absurd ? longest / 50 : 0));
    }
    if (random.nextInt(3) == 0) {
      event.set(Field.TOKENS_USED, random.nextLong(absurd ? 10_000_000_000L : 5000));
      event.set(Field.CONTEXT_PERCENT, random.nextInt(1000) / 8.0);
    }
    if (random.nextInt(3) > 0) {
      event.set(Field.CONFIDENCE_SCORE, random.nextInt(101) / 100.0);
    }
    return event.details(details(type)).build();
  }

  private Map<String, @Nullable Object> details(String type) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    if (type.equals(EventTypes.MODEL_CALL)) {
      put(details, "model", pick(models));
      put(details, "input_tokens", random.nextInt(3) == 0 ? null : (Long) random.nextLong(90_000));
      put(details, "output_tokens", random.nextInt(3) == 0 ? null : (Long) random.nextLong(9_000));
      put(
          details,
          "cost_usd",
          random.nextInt(3) == 0 ? null : (Double) (random.nextInt(999) / 64.0));
    } else {
      put(details, "tool", pick(tools));
    }
    if (type.equals(EventTypes.AGENT_TRANSITION)) {
      put(details, "from_agent", pick(agents));
      put(details, "to_agent", pick(agents));
      put(details, "state_size", random.nextBoolean() ? (Long) random.nextLong(1L << 40) : null);
      put(details, "reason", pick(errors));
    } else if (type.equals(EventTypes.RECORDER_GAP)) {
      put(details, "dropped", random.nextLong(500));
    } else if (type.equals(EventTypes.CONTEXT_COMPACTED)) {
      put(details, "pre_tokens", random.nextLong(200_000));
    } else if (type.equals(EventTypes.RULE_EXPOSURE)) {
      put(details, "rule_id", pick(errors));
    } else if (type.equals(EventTypes.USER_PROMPT)) {
      put(details, "text", name());
    } else if (random.nextBoolean()) {
      put(details, "input", Map.of("file_path", random.nextInt(3) == 0 ? name() : "src/a.java"));
    }
    if (random.nextInt(3) == 0) {
      put(details, "error_type", random.nextInt(4) == 0 ? EventTypes.REJECTED : pick(errors));
      put(details, "message", name());
    }
    return details;
  }

  private static void put(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
