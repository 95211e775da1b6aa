package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
