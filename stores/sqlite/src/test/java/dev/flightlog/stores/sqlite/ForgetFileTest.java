package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forgetting in a file: no byte stays, and a kill leaves all or nothing of a session. */
class ForgetFileTest {
  private static final long SEED = 23;
  private static final int ROUNDS = Integer.getInteger("flightlog.kill.rounds", 2);
  private static final int EVENTS = 6000;

  @TempDir Path folder;

  @Test
  void noByteOfWhatWasForgottenStaysInAnyFile() throws Exception {
    Path db = folder.resolve("events.db");
    Event secret =
        Calls.call(3).toBuilder()
            .set(Field.SESSION_ID, "hush-session")
            .set(Field.AGENT_NAME, "hush-agent")
            .set(Field.WORKFLOW_ID, "hush-flow")
            .set(Field.PROJECT, "hush-project")
            .details(Map.of("tool", "hush-tool", "output", "hush-text".repeat(5000)))
            .build();
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(10, 400));
      EventBatch batch = new EventBatch();
      batch.add(Mode.NEW, secret);
      store.append(new Append(batch));
      store.settle();
      store.append(Calls.append(400, 500));
      store.forget(Filter.is(Field.ID, secret.id()));
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain("hush");
        }
      }
    }
  }

  @Test
  void namesOfWhatWasForgottenComeNeitherBackNorInTheirPlace() throws Exception {
    Path db = folder.resolve("events.db");
    Event gone =
        Calls.call(1).toBuilder()
            .set(Field.SESSION_ID, "hush")
            .set(Field.AGENT_NAME, "hush-agent")
            .build();
    Event later =
        Calls.call(2).toBuilder().set(Field.SESSION_ID, "b").set(Field.AGENT_NAME, "b").build();
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(append(Calls.call(0), gone));
      store.settle();
      assertThat(agents(store)).containsExactly(null, "hush-agent");
      store.forget(Filter.is(Field.SESSION_ID, "hush"));
      assertThat(store.append(append(gone)).forgotten()).isEqualTo(1);
      store.append(append(later));
      store.settle();
      assertThat(agents(store)).containsExactly(null, "b");
      assertThat(
              store
                  .sql("SELECT name FROM names WHERE name LIKE 'hush%'", 9, Duration.ofSeconds(9))
                  .rows())
          .isEmpty();
      assertThat(
              store
                  .sql("SELECT session_id FROM events ORDER BY id", 9, Duration.ofSeconds(9))
                  .rows())
          .containsExactly(List.of("session 0"), List.of("b"));
    }
  }

  private static Append append(Event... events) {
    EventBatch batch = new EventBatch();
    for (Event event : events) {
      batch.add(Mode.NEW, event);
    }
    return new Append(batch);
  }

  private static List<@Nullable String> agents(SqliteStore store) {
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    List<@Nullable String> agents = new ArrayList<>();
    store.read(all).finish(all).forEach(event -> agents.add(event.text(Field.AGENT_NAME)));
    return agents;
  }

  @Test
  void aKillLeavesAllOrNothingOfASession() throws Exception {
    Path db = folder.resolve("events.db");
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, EVENTS));
    }
    Random random = new Random(SEED);
    int next = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String as = "seed " + SEED + " round " + round;
      Path told = folder.resolve("told-" + round);
      Process process =
          Children.start(Forgetter.class, db.toString(), Integer.toString(next), told.toString());
      Children.kill(process, told, 1 + random.nextInt(6));
      int reached = Integer.parseInt(Files.readString(told).strip());
      try (SqliteStore store = SqliteStore.open(db)) {
        assertThat(store.movedAside()).as(as).isEmpty();
        for (int session = 0; session <= reached; session++) {
          assertThat(store.tombstones().sessions()).as(as).contains("session " + session);
        }
        next = store.tombstones().sessions().size();
        assertThat(next).as(as).isBetween(reached + 1, reached + 2);
        assertThat(store.append(Calls.append(0, EVENTS)).forgotten()).as(as).isEqualTo(next * 50L);
        Aggregate sums =
            Aggregate.of(
                Filter.EVERYTHING,
                Measure.count(),
                Measure.sum(Attribute.of(Field.DURATION_MS)),
                Measure.distinct(Attribute.of(Field.SESSION_ID)));
        assertThat(List.<Object>copyOf(store.aggregate(sums).getFirst().values()))
            .as(as)
            .isEqualTo(
                store
                    .sql(
                        "SELECT count(*), sum(duration_ms), count(DISTINCT session_id) FROM events",
                        1,
                        Duration.ofSeconds(9))
                    .rows()
                    .getFirst());
      }
    }
  }
}
