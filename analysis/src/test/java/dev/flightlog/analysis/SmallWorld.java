package dev.flightlog.analysis;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Three weeks of two stories, always the same: what the golden answers are about. Story 1.1 fails
 * more often than story 1.2; its Edit calls fail for a reason that goes away.
 */
final class SmallWorld {
  static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Instant START = Instant.parse("2026-01-10T09:00:00Z");

  private final EventBatch batch = new EventBatch();
  private int number;

  /** A store that keeps it. */
  static EventStore store() {
    EventStore store = new MemoryStore();
    fill(store);
    return store;
  }

  static void fill(EventStore store) {
    SmallWorld world = new SmallWorld();
    world.build();
    store.append(new Append(world.batch));
  }

  static Answerer answerer() {
    return new Answerer(store(), TokenEstimate.standard(), CLOCK);
  }

  private void build() {
    for (int i = 0; i < 200; i++) {
      tool("1.1", "planner", i, "Bash", i % 8 == 0 ? "exit_code" : null, 800 + 13 * i);
      if (i % 2 == 0) {
        tool("1.1", "coder", i, "Edit", i % 6 == 0 ? "string_not_found" : null, 40 + i);
      }
    }
    for (int i = 200; i < 500; i++) {
      tool("1.2", "coder", i, "Read", i % 60 == 0 ? "file_not_found" : null, 12 + i % 7);
      if (i % 3 == 0) {
        tool("1.2", "coder", i, "Bash", i % 30 == 0 ? "exit_code" : null, 650 + i);
      }
      if (i % 100 == 0) {
        tool("1.2", "coder", i, "Write", "rejected", 5_000);
      }
    }
    for (int i = 0; i < 500; i += 4) {
      model(i < 200 ? "1.1" : "1.2", i, i % 40 == 0 ? "some-new-model" : "claude-sonnet-4-5");
    }
    for (int i = 0; i < 6; i++) {
      event(i < 5 ? "1.1" : "1.2", "planner", 50 + i * 31, EventTypes.HUMAN_CLARIFICATION_NEEDED);
    }
    add(
        base("1.2", "coder", 480, EventTypes.ERROR)
            .details(Map.of("error_type", "TimeoutException", "message", "No answer within 30 s")));
  }

  private Event.Builder base(String story, String agent, int hour, String type) {
    Category category = EventTypes.categoryOf(type);
    Instant time = START.plus(Duration.ofHours(hour).plusSeconds(number));
    return Event.builder(
            EventIds.ofKey("small:" + number++),
            time,
            type,
            category == null ? Category.EXECUTION : category)
        .set(Field.STORY_ID, story)
        .set(Field.AGENT_NAME, agent)
        .set(Field.SESSION_ID, "session-" + hour / 25);
  }

  private void event(String story, String agent, int hour, String type) {
    add(base(story, agent, hour, type));
  }

  private void tool(
      String story, String agent, int hour, String tool, @Nullable String error, long millis) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("tool", tool);
    if (error != null) {
      details.put("error_type", error);
      details.put("message", tool + " failed:\n  " + error + " in src/Main.java");
    }
    add(
        base(story, agent, hour, EventTypes.TOOL_CALL)
            .set(Field.DURATION_MS, millis)
            .set(Field.SUCCESS, error == null)
            .details(details));
  }

  private void model(String story, int hour, String model) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("model", model);
    details.put("input_tokens", 900L + hour);
    details.put("output_tokens", 300L + hour);
    details.put("cache_read_tokens", 20_000L);
    details.put("cache_write_tokens", 1_500L);
    if (model.startsWith("claude")) {
      details.put("cost_usd", 0.0125);
    }
    add(
        base(story, "planner", hour, EventTypes.MODEL_CALL)
            .set(Field.TOKENS_USED, 22_700L + 2 * hour)
            .set(Field.CONTEXT_PERCENT, 20 + hour / 8.0)
            .details(details));
  }

  private void add(Event.Builder event) {
    batch.add(EventBatch.Mode.NEW, event.build());
  }
}
