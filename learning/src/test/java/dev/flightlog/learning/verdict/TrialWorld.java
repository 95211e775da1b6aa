package dev.flightlog.learning.verdict;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A store with sessions of a trial, as transcripts and hooks would have left them. */
final class TrialWorld {
  final EventStore store = new MemoryStore();
  private final Random random;
  private Instant now;

  TrialWorld(long seed, Instant begin) {
    this.random = new Random(seed);
    this.now = begin;
  }

  Instant now() {
    return now;
  }

  /** An hour later: so many sessions that start and end one after another. */
  void sessions(Trial trial, int count, double withRule, double without) {
    for (int i = 0; i < count; i++) {
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      boolean exposed = trial.arms().exposed(id);
      session(id, id, trial, exposed ? withRule : without, 1 + random.nextInt(10), "opus");
      end(id);
    }
    now = now.plusSeconds(3600);
  }

  /** A session with its exposure and its calls, of which this share fails. */
  void session(String id, String root, Trial trial, double rate, int calls, String model) {
    now = now.plusSeconds(60);
    EventBatch batch = new EventBatch();
    add(batch, "session:" + id, "session_started", id, null, Map.of("client_version", "2.1"));
    for (int i = 0; i < calls; i++) {
      now = now.plusSeconds(1);
      boolean failed = random.nextDouble() < rate;
      call(batch, id, id + "-" + i, failed ? "file_not_read" : "");
      add(
          batch,
          "model_call:" + id + i,
          "model_call",
          id,
          null,
          Map.of("model", model, "input_tokens", 900, "output_tokens", 100));
    }
    exposure(batch, id, root, trial, Map.of());
    store.append(new Append(batch));
  }

  void exposure(EventBatch batch, String id, String root, Trial trial, Map<String, Object> more) {
    Map<String, Object> details = new LinkedHashMap<>(more);
    details.put("trial", trial.id());
    details.put("rule", trial.rule());
    details.put("root_session", root);
    details.put("arm", trial.arms().exposed(root) ? "exposed" : "control");
    add(
        batch,
        "id:rule_exposure:" + trial.id() + ":" + id + ":" + more.getOrDefault("tool_use_id", "s"),
        "rule_exposure",
        id,
        null,
        details);
  }

  void call(EventBatch batch, String session, String id, String errorType) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("tool", "Edit");
    details.put("input", Map.of("file_path", "/a", "old_string", "b"));
    if (!errorType.isEmpty()) {
      details.put("error_type", errorType);
    }
    add(batch, "tool_call:" + id, "tool_call", session, errorType.isEmpty(), details);
  }

  void end(String id) {
    now = now.plusSeconds(1);
    EventBatch batch = new EventBatch();
    add(batch, "id:session_ended:" + id + now, "session_ended", id, null, Map.of());
    store.append(new Append(batch));
  }

  void later(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private void add(
      EventBatch batch,
      String key,
      String type,
      String session,
      @org.jspecify.annotations.Nullable Boolean success,
      Map<String, Object> details) {
    Event.Builder event =
        Event.builder(EventIds.ofKey(key), now, type, Category.EXECUTION)
            .set(Field.SESSION_ID, session)
            .details(details);
    if (success != null) {
      event.set(Field.SUCCESS, success);
    }
    batch.add(EventBatch.Mode.NEW, event.build());
  }
}
