package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.ExpiryTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several programs, each with a store of its own over the same tables. */
class ClickHouseConcurrencyTest {
  private static final Instant START = Instant.parse("2025-09-23T14:00:00Z");
  private static final int EVENTS = 30;
  private static final int PROGRAMS = 3;

  /** What a program knows of an event: its time is another one, and so is a detail. */
  private static Event part(int program, int event) {
    return Event.builder(
            EventIds.ofKey("event " + event),
            START.plusSeconds(event * 100L + program),
            "tool_call",
            Category.EXECUTION)
        .set(Field.SESSION_ID, "s")
        .details(Map.of("from" + program, "x" + event))
        .build();
  }

  @Test
  void partsThatProgramsTellAtOnceAreAllInOneEvent() throws Exception {
    String database = TestServer.freshDatabase();
    List<EventStore> stores = new ArrayList<>();
    try (ExecutorService programs = Executors.newFixedThreadPool(PROGRAMS)) {
      for (int program = 0; program < PROGRAMS; program++) {
        stores.add(TestServer.open(database));
      }
      List<Future<?>> done = new ArrayList<>();
      for (int program = 0; program < PROGRAMS; program++) {
        int number = program;
        done.add(
            programs.submit(() -> {
              for (int from = 0; from < EVENTS; from += 10) {
                EventBatch batch = new EventBatch();
                for (int event = from; event < from + 10; event++) {
                  batch.add(Mode.MERGE, part(number, event));
                }
                stores.get(number).append(new Append(batch));
              }
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
      ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
      List<Event> events = stores.getFirst().read(all).finish(all);
      assertThat(events)
          .hasSize(EVENTS)
          .allSatisfy(event -> {
            assertThat(event.details()).hasSize(PROGRAMS);
            assertThat(event.timestamp().getEpochSecond() % 100)
                .isEqualTo(START.getEpochSecond() % 100);
          });
      assertThat(events).extracting(Event::id).doesNotHaveDuplicates();
    } finally {
      stores.forEach(EventStore::close);
    }
  }

  /** Somebody had not seen the part, told another with a larger version, and ClickHouse merged. */
  @Test
  void aPartThatAMergeHasDroppedIsSeenByTheSecondLook() {
    String database = TestServer.freshDatabase();
    try (EventStore store = TestServer.open(database);
        ServerConnection connection =
            new ServerConnection(TestServer.servers(database), Duration.ofSeconds(10))) {
      EventBatch batch = new EventBatch();
      batch.add(Mode.MERGE, part(0, 1));
      store.append(new Append(batch));
      String events = database + ".events";
      TestServer.node()
          .query(
              "INSERT INTO "
                  + events
                  + " SELECT * REPLACE (version + 1 AS version, 'another' AS agent_name) FROM "
                  + events);
      TestServer.node().query("OPTIMIZE TABLE " + events + " FINAL");
      KeptEvents kept =
          new KeptEvents(
              connection,
              new TombstoneTable(
                  connection,
                  new ExpiryTime(connection, new TableNames(connection.servers()).sums())));
      Set<String> id = Set.of(part(0, 1).id());
      assertThat(TestServer.node().query("SELECT count() FROM " + events)).isEqualTo("1");
      assertThat(kept.toldOf(id).values().iterator().next().versions()).hasSize(2);
      KeptEvent whole = kept.wholeAsTold(kept.toldOf(id)).values().iterator().next();
      assertThat(whole.versions()).hasSize(2);
      assertThat(whole.all())
          .isEqualTo(Merge.combine(part(0, 1), Objects.requireNonNull(whole.event())));
    }
  }

  @Test
  void whatOneProgramForgetsTheOtherDoesNotTakeIn() {
    String database = TestServer.freshDatabase();
    try (EventStore one = TestServer.open(database);
        EventStore other = TestServer.open(database)) {
      EventBatch batch = new EventBatch();
      batch.add(Mode.NEW, part(0, 1));
      other.append(new Append(batch));
      one.forget(Filter.is(Field.SESSION_ID, "s"));
      batch.add(Mode.NEW, part(0, 2));
      assertThat(other.append(new Append(batch)).forgotten()).isEqualTo(2);
      assertThat(other.check().events()).isZero();
    }
  }
}
