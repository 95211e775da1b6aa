package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.Filter;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.sql.ModelRates;
import dev.flightlog.store.sql.SqlAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person asks in SQL: of what is kept now, reading only, within bounds. */
class ClickHouseSqlTest {
  private static final Instant START = Instant.parse("2025-09-23T14:10:23Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ClickHouseStore store;

  ClickHouseSqlTest() {
    store = TestServer.freshStore();
  }

  @BeforeEach
  void appendCalls() {
    add(Mode.MERGE, 1, Map.of("model", "m", "input_tokens", 10, "output_tokens", 3));
    add(
        Mode.MERGE,
        2,
        Map.of(
            "model", "m", "billing", "fast", "cache_write_tokens", 9, "cache_write_1h_tokens", 4));
    add(
        Mode.MERGE,
        3,
        Map.of("model", "m", "billing", "told", "input_tokens", 10, "cost_usd", 0.75));
    add(Mode.MERGE, 4, Map.of("model", "other", "input_tokens", 10, "cost_usd", 0.5));
    add(Mode.MERGE, 5, Map.of("model", "other", "input_tokens", 10));
    add(Mode.MERGE, 6, Map.of("model", "m", "web_searches", 2, "cache_read_tokens", 8));
    add(Mode.MERGE, 7, Map.of("model", "m"));
    add(Mode.MERGE, 8, Map.of("input_tokens", 5));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void add(Mode mode, int number, Map<String, Object> details) {
    EventBatch batch = new EventBatch();
    batch.add(
        mode,
        Event.builder(
                EventIds.ofKey("call " + number),
                START.plusSeconds(number),
                "model_call",
                Category.EXECUTION)
            .set(Field.PROJECT, "p")
            .set(Field.SUCCESS, true)
            .details(details)
            .build());
    store.append(new Append(batch));
  }

  private SqlAnswer ask(String statement) {
    return store.sql(statement, 100, PATIENCE);
  }

  private List<@Nullable Object> costs() {
    return ask("SELECT cost_usd FROM model_calls ORDER BY timestamp").rows().stream()
        .<@Nullable Object>map(row -> row.getFirst())
        .toList();
  }

  @Test
  void aCallCostsWhatItsTokensCostNowUnlessTheSourceToldIt() {
    assertThat(costs()).isEqualTo(Arrays.asList(null, null, 0.75, 0.5, null, null, null, null));
    store.price(ClickHouseSqlTest::rates);
    store.price(ClickHouseSqlTest::rates);
    assertThat(costs()).isEqualTo(Arrays.asList(16.0, 310.0, 0.75, 0.5, null, 204.0, null, null));
    assertThat(ask("SELECT uniqExact(version) FROM rates").rows().getFirst())
        .isEqualTo(List.of(1L));
    store.price((model, billing) -> new ModelRates(model.equals("other") ? 7 : 0, 0, 0, 0, 0, 0));
    assertThat(costs()).isEqualTo(Arrays.asList(0.0, 0.0, 0.75, 70.0, 70.0, 0.0, null, null));
    store.price((_, _) -> null);
    assertThat(costs()).isEqualTo(Arrays.asList(null, null, 0.75, 0.5, null, null, null, null));
  }

  private static @Nullable ModelRates rates(String model, @Nullable String billing) {
    double factor = "fast".equals(billing) ? 10 : 1;
    return model.equals("m")
        ? new ModelRates(1 * factor, 2 * factor, 0.5, 3 * factor, 4 * factor, 100)
        : null;
  }

  @Test
  void anEventThatChangedOrWaitsOrWasForgottenIsOneRowOrNone() {
    add(Mode.MERGE, 1, Map.of("more", "text"));
    add(Mode.COMPLETE, 99, Map.of("model", "waits"));
    assertThat(ask("SELECT count() FROM events").rows().getFirst()).isEqualTo(List.of(8L));
    assertThat(
            ask("SELECT JSONExtractString(details, 'more'), success, task_id FROM"
                    + " events WHERE event_id = '"
                    + EventIds.ofKey("call 1")
                    + "';")
                .rows())
        .containsExactly(Arrays.asList("text", 1L, null));
    store.forget(Filter.is(Field.PROJECT, "p"));
    assertThat(ask("SELECT count() FROM events").rows().getFirst()).isEqualTo(List.of(0L));
  }

  @Test
  void moreRowsThanTheLimitAreToldOf() {
    SqlAnswer answer = store.sql("SELECT event_id AS id FROM events ORDER BY id", 3, PATIENCE);
    assertThat(answer.columns()).containsExactly("id");
    assertThat(answer.rows()).hasSize(3);
    assertThat(answer.complete()).isFalse();
    assertThat(store.sql("SELECT event_id FROM events", 8, PATIENCE).complete()).isTrue();
  }

  @Test
  void nothingIsWritten() {
    for (String statement :
        List.of(
            "INSERT INTO meta (key, value) VALUES ('a', 'b')",
            "DROP TABLE events",
            "SELECT 1; DROP TABLE events",
            "SET readonly = 0",
            "SYSTEM SHUTDOWN",
            "-- SELECT\nTRUNCATE TABLE events",
            "")) {
      assertThatThrownBy(() -> ask(statement))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("only one reading statement is taken: SELECT, WITH");
    }
    for (String statement :
        List.of(
            "WITH 1 AS one INSERT INTO meta (key, value) SELECT 'a', toString(one)",
            "SELECT 1 SETTINGS readonly = 0")) {
      assertThatThrownBy(() -> ask(statement))
          .isInstanceOf(StoreException.class)
          .extracting(e -> ((StoreException) e).kind())
          .isEqualTo(StoreException.Kind.REFUSED);
    }
    assertThat(ask("SELECT count() FROM meta WHERE key = 'a'").rows().getFirst())
        .isEqualTo(List.of(0L));
    assertThat(ask("EXPLAIN SELECT 1").rows()).isNotEmpty();
    assertThat(ask("SHOW TABLES").rows()).contains(List.of("model_calls"));
  }

  @Test
  void aMistakeAFormAndAStatementThatTakesTooLongAreToldClearly() {
    assertThatThrownBy(() -> ask("SELECT nothing FROM events"))
        .hasMessageContaining("the servers refused the statement")
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> ask("SELECT event_id FROM events FORMAT CSV"))
        .hasMessageContaining("leave its FORMAT out");
    assertThatThrownBy(() ->
            store.sql(
                "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1",
                1,
                Duration.ofSeconds(1)))
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).kind())
        .isEqualTo(StoreException.Kind.STOPPED);
  }
}
