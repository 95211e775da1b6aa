package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums in whose place there are newer ones leave the disk, and nothing else does. */
class ReplacedBuildsTest {
  private static final Instant START = Instant.parse("2025-09-23T14:10:23Z");
  private static final long HOUR = 1_758_636_000_000_000L;

  private static Append calls() {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < 5; i++) {
      batch.add(
          Mode.NEW,
          Event.builder(
                  EventIds.ofKey("call " + i),
                  START.plusSeconds(i),
                  "tool_call",
                  Category.EXECUTION)
              .set(Field.SESSION_ID, "session " + i)
              .build());
    }
    return new Append(batch);
  }

  @Test
  void theyAreDeletedWhenManyAreOlderThanAnyReader() {
    String database = TestServer.freshDatabase();
    try (ClickHouseStore store = TestServer.open(database + TestServer.EVERYTHING)) {
      store.append(calls());
      store.settle();
      store.rollUp();
      String longAgo = "toUnixTimestamp64Micro(now64(6)) - 3600000000";
      in(
          database,
          "INSERT INTO sum_builds SELECT 0, 0, "
              + HOUR
              + ", 1 + number, 1 + number, 5, "
              + longAgo
              + " FROM numbers(300)");
      in(
          database,
          "INSERT INTO cells (level, cube, start, build, event_type, events) SELECT 0, 0, "
              + HOUR
              + ", 1 + number, 'tool_call', 1 FROM numbers(300)");
      store.settle();
      store.rollUp();
      assertThat(in(database, "SELECT min(build), count() FROM sum_builds WHERE build <= 300"))
          .isEqualTo("300\t1");
      assertThat(in(database, "SELECT min(build), count() FROM cells WHERE build <= 300"))
          .isEqualTo("300\t1");
      Aggregate all =
          Aggregate.of(
              Filter.EVERYTHING, Measure.count(), Measure.distinct(Attribute.of(Field.SESSION_ID)));
      assertThat(store.aggregate(all).getFirst().values()).isEqualTo(List.of(5L, 5L));
      assertThat(store.check().eventsRead()).isZero();
    }
  }

  private static String in(String database, String sql) {
    return TestServer.node()
        .query(sql.replaceFirst("(INTO|FROM) (sum_builds|cells)", "$1 `" + database + "`.$2"));
  }
}
