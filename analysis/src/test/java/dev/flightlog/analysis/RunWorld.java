package dev.flightlog.analysis;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs of two frameworks with three steps each, as their logs leave them as events: the second step
 * of one is flaky, and one run was killed.
 */
public final class RunWorld {
  private static final Instant START = Instant.parse("2026-02-01T10:00:00Z");

  public final MemoryStore store = new MemoryStore();
  private int number;

  static Answerer sample() {
    RunWorld world = new RunWorld();
    for (int run = 1; run <= 4; run++) {
      world.run("agents", "run-" + run, run % 2 == 0 ? 2 : 0, run, 3);
      world.run("single", "one-" + run, 0, 2 * run, run == 4 ? 1 : 3);
    }
    return world.answerer();
  }

  public Answerer answerer() {
    return new Answerer(store, TokenEstimate.standard(), SmallWorld.CLOCK);
  }

  /**
   * A run of three steps.
   *
   * @param fails the step that fails; 0 for none
   * @param until so many steps end; in the next the program was killed
   */
  public void run(String framework, String run, int fails, int hour, int until) {
    Instant at = START.plus(Duration.ofHours(hour));
    entry(framework, run, 0, at, "run_started", "orchestrator", Map.of("pid", 7, "first", true));
    entry(framework, run, 0, at, "run_model", "orchestrator", Map.of("model", "some-model"));
    for (int step = 1; step <= Math.min(3, until + 1); step++) {
      Instant begin = at.plusSeconds(100L * step);
      entry(framework, run, step, begin, "step_started", "orchestrator", Map.of());
      entry(framework, run, step, begin.plusSeconds(1), "log", "adapter", Map.of());
      model(framework, run, step, begin.plusSeconds(2));
      if (step == fails) {
        entry(framework, run, step, begin.plusSeconds(3), "retry", "orchestrator", Map.of());
        entry(
            framework,
            run,
            step,
            begin.plusSeconds(4),
            "log",
            "validator",
            Map.of("level", "ERROR", "message", "the endpoint answers 500"));
      }
      if (step <= until) {
        entry(
            framework,
            run,
            step,
            begin.plusSeconds(10L * step),
            "step_finished",
            "orchestrator",
            Map.of(
                "status", step == fails ? "failed" : "succeeded", "duration_ms", 10_000L * step));
      }
    }
    if (until >= 3) {
      entry(
          framework,
          run,
          0,
          at.plusSeconds(400),
          "run_finished",
          "orchestrator",
          Map.of("pid", 7, "status", "completed"));
    }
  }

  private void model(String framework, String run, int step, Instant at) {
    entry(
        framework,
        run,
        step,
        at,
        EventTypes.MODEL_CALL,
        "metrics",
        Map.of(
            "model",
            "some-model",
            "input_tokens",
            1_000L * step,
            "output_tokens",
            100L,
            "cost_usd",
            0.01,
            "billing",
            "told"));
  }

  /** An event as an entry of a run's log is one. */
  public void entry(
      @Nullable String framework,
      String run,
      long step,
      Instant at,
      String type,
      String component,
      Map<String, ?> details) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(details);
    all.putIfAbsent("level", "INFO");
    all.putIfAbsent("message", type);
    if (framework != null) {
      all.put("framework", framework);
    }
    Event.Builder event =
        Event.builder(
                EventIds.ofKey("run:" + number++),
                at,
                type,
                "ERROR".equals(all.get("level")) ? Category.ERROR : Category.EXECUTION)
            .set(Field.RUN_ID, run)
            .set(Field.COMPONENT, component)
            .set(Field.SESSION_ID, "experiment");
    if (step > 0) {
      event.set(Field.STEP, step);
    }
    if (details.get("input_tokens") instanceof Long input) {
      event.set(Field.TOKENS_USED, input + 100L);
    }
    EventBatch batch = new EventBatch();
    batch.add(EventBatch.Mode.NEW, event.details(all).build());
    store.append(new Append(batch));
  }
}
