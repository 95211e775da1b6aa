package dev.flightlog.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Answerer;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.server.http.Running;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsFeatureTest {
  private static final Instant AT = Instant.parse("2026-02-01T10:00:00Z");

  @TempDir Path home;

  private final MemoryStore store = new MemoryStore();
  private int number;

  private void entry(String framework, long step, String type, Map<String, Object> details) {
    Map<String, Object> all = new LinkedHashMap<>(details);
    all.put("framework", framework);
    Event.Builder event =
        Event.builder(
                EventIds.ofKey("entry" + number),
                AT.plusSeconds(number++),
                type,
                Category.EXECUTION)
            .set(Field.RUN_ID, "run 1");
    if (step > 0) {
      event.set(Field.STEP, step);
    }
    EventBatch batch = new EventBatch();
    batch.add(EventBatch.Mode.NEW, event.details(all).build());
    store.append(new Append(batch));
  }

  private void run(String framework, String status) {
    entry(framework, 0, "run_started", Map.of("pid", 1, "first", true));
    entry(framework, 1, "step_started", Map.of());
    entry(framework, 1, "step_finished", Map.of("status", status, "duration_ms", 250L));
    entry(framework, 0, "run_finished", Map.of("pid", 1, "status", "completed"));
  }

  @Test
  void runsAreListedAndOneIsToldWithItsSteps() {
    run("agents", "failed");
    run("single", "succeeded");
    Answerer answerer =
        new Answerer(
            store, TokenEstimate.standard(), Clock.fixed(AT.plusSeconds(60), ZoneOffset.UTC));
    try (Running running = Running.with(home, new RunsFeature(answerer::ask))) {
      assertThat(running.get("/api/runs").body())
          .isEqualTo(
              "[{\"run_id\":\"run 1\",\"framework\":\"single\",\"model\":null,\"status\":\"succeeded\","
                  + "\"started_at\":\"2026-02-01T10:00:04.000000+00:00\","
                  + "\"ended_at\":\"2026-02-01T10:00:07.000000+00:00\",\"steps\":1},"
                  + "{\"run_id\":\"run 1\",\"framework\":\"agents\",\"model\":null,\"status\":\"failed\","
                  + "\"started_at\":\"2026-02-01T10:00:00.000000+00:00\","
                  + "\"ended_at\":\"2026-02-01T10:00:03.000000+00:00\",\"steps\":1}]");
      assertThat(running.get("/api/runs?framework=agents").body()).doesNotContain("single");
      HttpResponse<String> one = running.get("/api/runs/agents/run%201");
      assertThat(one.body())
          .contains("\"steps_of_run\":[{\"step\":1,\"status\":\"failed\",\"duration_ms\":250");
      assertThat(running.get("/api/runs/agents/nosuch").statusCode()).isEqualTo(404);
      assertThat(running.get("/api/runs/other/run%201").statusCode()).isEqualTo(404);
    }
  }
}
