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
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sums and words are kept of the lengths of time that have enough events; answers are the same. */
class SumsFromTest {
  /** The beginning of a block of thirty days. */
  private static final Instant START = Instant.EPOCH.plus(Duration.ofDays(30 * 680));

  /** A busy hour, a busy day, and two quiet days. */
  private static EventBatch someDays() {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < 60; i++) {
      batch.add(Mode.NEW, event("hour", i, START.plusSeconds(i)));
      batch.add(
          Mode.NEW, event("day", i, START.plus(Duration.ofHours(24)).plusSeconds(1_200L * i)));
    }
    for (int i = 0; i < 4; i++) {
      batch.add(Mode.NEW, event("quiet", i, START.plus(Duration.ofHours(48 + 12L * i))));
    }
    return batch;
  }

  private static Event event(String series, int number, Instant time) {
    return Event.builder(
            EventIds.ofKey(series + " " + number), time, "tool_call", Category.EXECUTION)
        .set(Field.SESSION_ID, "s" + number % 7)
        .set(Field.STORY_ID, "story " + number % 5)
        .set(Field.DURATION_MS, (long) number)
        .details(Map.of("tool", number % 2 == 0 ? "Bash" : "Edit", "input", series + number))
        .build();
  }

  private static List<List<Row>> sums(EventStore store, Filter within) {
    Aggregate all =
        Aggregate.of(
            within,
            Measure.count(),
            Measure.sum(Attribute.of(Field.DURATION_MS)),
            Measure.distinct(Attribute.of(Field.SESSION_ID)));
    return List.of(
        store.aggregate(all),
        store.aggregate(all.by(Dimension.by(Span.DAY))),
        store.aggregate(all.by(Dimension.by(Span.HOUR), Dimension.detail("tool"))),
        store.aggregate(
            Aggregate.of(
                    within,
                    Measure.count(),
                    Measure.percentile(Attribute.of(Field.DURATION_MS), 0.9))
                .by(Dimension.by(Span.DAY))));
  }

  private static int found(EventStore store, String words) {
    ReadRequest newest = ReadRequest.newestFirst(Filter.EVERYTHING).limit(10);
    return store.search(Search.newest(SearchQuery.parse(words)), newest).hits().size();
  }

  private static long read(EventStore store, Runnable question) {
    long before = store.check().eventsRead();
    question.run();
    return store.check().eventsRead() - before;
  }

  private static String built(String database) {
    return TestServer.node()
        .query(
            "SELECT arrayStringConcat(arraySort(groupArray(concat(toString(level), toString(kind)))),"
                + " ' ') FROM "
                + database
                + ".sum_builds");
  }

  @Test
  void hoursAndDaysOfFewEventsAreReadAndTheOthersAddedUp() {
    String database = TestServer.freshDatabase();
    try (ClickHouseStore store = TestServer.open(database + "?sums_from=40");
        EventStore reference = new MemoryStore()) {
      for (EventStore each : List.of(store, reference)) {
        each.append(new Append(someDays()));
        each.settle();
        each.rollUp();
      }
      assertThat(built(database))
          .as("an hour, two days, the block, its words")
          .isEqualTo("00 03 10 10 13 13 20 22 23");
      Filter since = new Filter.Time(micros(START.plusSeconds(86_400)), Long.MAX_VALUE);
      for (Filter filter : List.of(Filter.EVERYTHING, since)) {
        assertThat(sums(store, filter)).isEqualTo(sums(reference, filter));
      }
      Aggregate tools =
          Aggregate.of(Filter.EVERYTHING, Measure.count()).by(Dimension.detail("tool"));
      assertThat(read(store, () -> store.aggregate(tools))).isZero();
      assertThat(read(store, () -> store.aggregate(tools.by(Dimension.by(Span.DAY))))).isEqualTo(4);
    }
  }

  @Test
  void wordsOfBeforeAreUsedWhenMoreComesIntoTheirTime() {
    String database = TestServer.freshDatabase();
    try (ClickHouseStore store = TestServer.open(database + "?sums_from=40")) {
      store.append(new Append(someDays()));
      store.settle();
      store.rollUp();
      EventBatch more = new EventBatch();
      more.add(Mode.NEW, event("late", 0, START.plus(Duration.ofHours(12))));
      store.append(new Append(more));
      store.settle();
      store.rollUp();
      assertThat(built(database)).as("too little came to build anew").endsWith("20 22 23");
      assertThat(found(store, "late0")).isOne();
      assertThat(found(store, "hour59")).isOne();
      assertThat(found(store, "quiet3")).isOne();
      assertThat(read(store, () -> found(store, "nowhere"))).isEqualTo(read(store, () -> {}));
      assertThat(store.searchIndex().waiting()).isLessThan(40);
    }
  }

  @Test
  void wordsOfBusyDaysAreNotedByTheHourAndOfBusyBlocksByTheDay() {
    String database = TestServer.freshDatabase();
    EventBatch batch = new EventBatch();
    for (int i = 0; i < 410; i++) {
      batch.add(Mode.NEW, event("busy", i, START.plusSeconds(200L * i)));
    }
    for (int i = 0; i < 6; i++) {
      batch.add(Mode.NEW, event("other", i, START.plus(Duration.ofHours(48 + i))));
    }
    try (ClickHouseStore store = TestServer.open(database + "?sums_from=2")) {
      store.append(new Append(batch));
      store.settle();
      store.rollUp();
      assertThat(built(database)).contains("02 02").contains("12 13");
      assertThat(found(store, "busy0")).isOne();
      assertThat(found(store, "busy409")).isOne();
      assertThat(found(store, "other5")).isOne();
      assertThat(found(store, "bash busy200")).isOne();
      assertThat(read(store, () -> found(store, "nowhere"))).isEqualTo(read(store, () -> {}));
      assertThat(store.searchIndex().waiting()).isZero();
    }
  }

  /** As one that an earlier build wrote; its cells cannot be made again once rows are let go. */
  @Test
  void whatTheSchemaOfBeforeBuiltIsUsedOn() {
    String database = TestServer.freshDatabase();
    String everything = database + TestServer.EVERYTHING;
    List<List<Row>> before;
    try (ClickHouseStore store = TestServer.open(everything)) {
      store.append(new Append(someDays()));
      store.settle();
      store.rollUp();
      before = sums(store, Filter.EVERYTHING);
    }
    String builds = database + ".builds";
    for (String sql :
        List.of(
            "INSERT INTO "
                + builds
                + " SELECT level, start, build, horizon, made FROM "
                + database
                + ".sum_builds WHERE kind = 0",
            "DROP TABLE " + database + ".sum_builds SYNC",
            "DROP TABLE " + database + ".word_parts SYNC",
            "ALTER TABLE "
                + database
                + ".meta DELETE WHERE key = 'schema' SETTINGS mutations_sync = 1",
            "INSERT INTO " + database + ".meta (key, value) VALUES ('schema', '4')")) {
      TestServer.node().query(sql);
    }
    try (ClickHouseStore store = TestServer.open(everything)) {
      assertThat(sums(store, Filter.EVERYTHING)).isEqualTo(before);
      assertThat(store.check().eventsRead()).isZero();
      assertThat(found(store, "hour59")).isOne();
    }
  }

  private static long micros(Instant time) {
    return time.toEpochMilli() * 1_000;
  }
}
