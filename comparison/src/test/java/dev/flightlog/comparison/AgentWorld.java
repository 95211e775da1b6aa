package dev.flightlog.comparison;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Some weeks of agents at work, all from one seed: sessions of prompts, calls, errors, decisions
 * and what comes of them. Ids repeat, parts come late, values are missing, odd or of another type.
 */
final class AgentWorld {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String[] TYPES = {
    EventTypes.TOOL_CALL,
    EventTypes.TOOL_CALL,
    EventTypes.TOOL_CALL,
    EventTypes.TOOL_CALL,
    EventTypes.MODEL_CALL,
    EventTypes.MODEL_CALL,
    EventTypes.USER_PROMPT,
    EventTypes.ERROR,
    EventTypes.EVALUATION,
    EventTypes.DECISION,
    EventTypes.TASK_OUTCOME,
    EventTypes.AGENT_TRANSITION,
    EventTypes.HUMAN_CLARIFICATION_NEEDED,
    EventTypes.USER_INTERRUPT,
    EventTypes.TOOL_REJECTED,
    EventTypes.CONTEXT_COMPACTED,
    EventTypes.RULE_EXPOSURE,
    EventTypes.RECORDER_GAP,
    "step_started",
    "step_finished",
    "größe_geändert"
  };
  private static final String[] TOOLS = {"Read", "Bash", "Edit", "say \"hi\"\n", "größe"};
  private static final String[] ERRORS = {"timeout", "not_found", "file_not_read", "rejected"};
  private static final String[] MODELS = {"claude-opus-4", "gpt-5", "größe"};
  private static final String[] TEXTS = {
    "permission denied",
    "No, that is wrong; use the other file",
    "src/main/Foo.java not found",
    "run the tests",
    "readFileAsText\tfailed",
    "größe \"x\" \\ \u0000",
    "文件不存在"
  };

  private final Random random;
  private final int sessions;

  AgentWorld(long seed) {
    this.random = new Random(seed);
    this.sessions = 3 + random.nextInt(12);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** So many events, parts and repetitions. */
  EventBatch batch(int size) {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < size; i++) {
      int die = random.nextInt(10);
      batch.add(die < 7 ? Mode.NEW : die < 9 ? Mode.MERGE : Mode.COMPLETE, event());
    }
    return batch;
  }

  private Event event() {
    int session = random.nextInt(sessions);
    String type = pick(TYPES);
    Category category = EventTypes.categoryOf(type);
    long second = session * 150_000L + random.nextInt(4_000);
    Event.Builder event =
        Event.builder(
            EventIds.ofKey("world " + random.nextInt(1_500)),
            NOW.minusSeconds(sessions * 150_000L - second).plusNanos(random.nextInt(3) * 1_000L),
            type,
            category == null ? Category.EXECUTION : category);
    event.set(Field.SESSION_ID, random.nextInt(12) == 0 ? null : "session-" + session);
    event.set(Field.PROJECT, session % 4 == 0 ? null : "project " + session % 3);
    event.set(Field.STORY_ID, session % 3 == 0 ? null : "1." + session % 2);
    event.set(Field.AGENT_NAME, random.nextInt(5) == 0 ? null : "agent-" + random.nextInt(3));
    event.set(Field.WORKFLOW_ID, session % 2 == 0 ? "flow-" + session : null);
    maybe(event, Field.TASK_ID, "task-" + random.nextInt(9));
    if (type.startsWith("step") || random.nextInt(6) == 0) {
      event.set(Field.RUN_ID, "run-" + session % 2).set(Field.STEP, (long) random.nextInt(5));
      maybe(event, Field.COMPONENT, "part-" + random.nextInt(2));
    }
    maybe(event, Field.DURATION_MS, (long) Math.exp(random.nextGaussian() * 2 + 5));
    maybe(event, Field.TOKENS_USED, random.nextLong(100_000));
    maybe(event, Field.CONTEXT_PERCENT, random.nextInt(10_000) / 100.0);
    maybe(event, Field.CONFIDENCE_SCORE, random.nextInt(101) / 100.0);
    maybe(event, Field.SUCCESS, random.nextInt(3) != 0);
    return event.details(details(type, session)).build();
  }

  private Map<String, @Nullable Object> details(String type, int session) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    if (session % 3 != 0) {
      details.put(Attribute.MACHINE.key(), "machine-" + session % 2);
      maybe(details, Attribute.PERSON.key(), "person-" + session % 2);
    }
    if (type.equals(EventTypes.MODEL_CALL)) {
      maybe(details, "model", pick(MODELS));
      maybe(details, "cost_usd", random.nextInt(20) == 0 ? "free" : random.nextInt(90_000) / 1e6);
      maybe(details, "input_tokens", random.nextInt(9_000));
      maybe(details, "output_tokens", random.nextInt(900) + 0.5);
      maybe(details, "cache_read_tokens", random.nextInt(90_000));
      maybe(details, "billing", random.nextInt(3) == 0 ? "fast" : null);
    } else {
      maybe(details, "tool", pick(TOOLS));
      maybe(details, "input", Map.of("file_path", "src/" + pick(TEXTS), "command", pick(TEXTS)));
      maybe(details, "error_type", random.nextInt(20) == 0 ? 404 : pick(ERRORS));
      maybe(details, "waiting_ms", random.nextInt(5_000));
    }
    maybe(details, "message", pick(TEXTS));
    maybe(details, "prompt", pick(TEXTS));
    maybe(details, "rule_id", "rule-" + random.nextInt(3));
    maybe(details, "dropped", random.nextInt(30));
    maybe(details, "framework", "agents");
    maybe(details, "to", "agent-" + random.nextInt(3));
    return details;
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private void maybe(Event.Builder event, Field field, Object value) {
    if (random.nextInt(3) != 0) {
      event.set(field, value);
    }
  }

  private void maybe(Map<String, @Nullable Object> details, String key, @Nullable Object value) {
    if (random.nextInt(3) != 0) {
      details.put(key, value);
    }
  }
}
