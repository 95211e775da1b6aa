package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.sql.ModelRates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view {@code model_calls}: what calls cost by the prices of now. */
class ModelCallsTest {
  @TempDir Path folder;
  private Path db;

  @BeforeEach
  void appendCalls() {
    db = folder.resolve("events.db");
    EventBatch batch = new EventBatch();
    add(batch, 1, Map.of("model", "m", "input_tokens", 10, "output_tokens", 3));
    add(
        batch,
        2,
        Map.of(
            "model", "m", "billing", "fast", "cache_write_tokens", 9, "cache_write_1h_tokens", 4));
    add(batch, 3, Map.of("model", "m", "billing", "told", "input_tokens", 10, "cost_usd", 0.75));
    add(batch, 4, Map.of("model", "other", "input_tokens", 10, "cost_usd", 0.5));
    add(batch, 5, Map.of("model", "other", "input_tokens", 10));
    add(batch, 6, Map.of("model", "m", "web_searches", 2, "cache_read_tokens", 8));
    add(batch, 7, Map.of("model", "m"));
    add(batch, 8, Map.of("input_tokens", 5));
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(new Append(batch));
    }
  }

  private static void add(EventBatch batch, int number, Map<String, Object> details) {
    Event call = Calls.call(number);
    batch.add(
        Mode.MERGE,
        Event.builder(
                EventIds.ofKey("call " + number), call.timestamp(), "model_call", call.category())
            .set(Field.PROJECT, "p")
            .details(details)
            .build());
  }

  private static @Nullable ModelRates rates(String model, @Nullable String billing) {
    double factor = "fast".equals(billing) ? 10 : 1;
    return model.equals("m")
        ? new ModelRates(1 * factor, 2 * factor, 0.5, 3 * factor, 4 * factor, 100)
        : null;
  }

  private static List<@Nullable Object> costs(SqliteStore store) {
    return store
        .sql("SELECT cost_usd FROM model_calls ORDER BY timestamp", 99, Duration.ofSeconds(9))
        .rows()
        .stream()
        .<@Nullable Object>map(row -> row.getFirst())
        .toList();
  }

  @Test
  void aCallCostsWhatItsTokensCostNowUnlessTheSourceToldIt() {
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(costs(store))
          .isEqualTo(Arrays.asList(null, null, 0.75, 0.5, null, null, null, null));
      store.price(ModelCallsTest::rates);
      assertThat(costs(store))
          .isEqualTo(Arrays.asList(16.0, 310.0, 0.75, 0.5, null, 204.0, null, null));
      store.price((model, billing) -> new ModelRates(model.equals("other") ? 7 : 0, 0, 0, 0, 0, 0));
      assertThat(costs(store))
          .isEqualTo(Arrays.asList(0.0, 0.0, 0.75, 70.0, 70.0, 0.0, null, null));
    }
    try (SqliteStore store = SqliteStore.openForReading(db)) {
      assertThat(costs(store).get(3)).isEqualTo(70.0);
    }
  }

  @Test
  void theSamePricesAreNotWrittenAgain() {
    try (SqliteStore store = SqliteStore.open(db)) {
      store.price(ModelCallsTest::rates);
    }
    try (SqliteStore store = SqliteStore.openForReading(db)) {
      store.price(ModelCallsTest::rates);
      assertThat(store.check().eventsRead()).isZero();
    }
  }

  @Test
  void theViewHasTheColumnsOfItsContract() {
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(store.sql("SELECT * FROM model_calls", 1, Duration.ofSeconds(9)).columns())
          .containsExactly(
              "event_id",
              "timestamp",
              "session_id",
              "project",
              "story_id",
              "agent_name",
              "model",
              "input_tokens",
              "output_tokens",
              "cache_read_tokens",
              "cache_write_tokens",
              "tokens_used",
              "cost_usd");
    }
  }
}
