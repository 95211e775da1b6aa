package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.flightlog.store.StoreException;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        .set(Field.AGENT_NAME, "agent " + number % 3)
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
    Aggregate slow =
        Aggregate.of(
            within, Measure.count(), Measure.percentile(Attribute.of(Field.DURATION_MS), 0.9));
    return List.of(
        store.aggregate(all),
        store.aggregate(all.by(Dimension.by(Span.DAY))),
        store.aggregate(all.by(Dimension.by(Span.HOUR), Dimension.detail("tool"))),
        store.aggregate(slow.by(Dimension.by(Span.DAY))),
        store.aggregate(slow.by(Dimension.detail("tool"))),
        store.aggregate(slow.by(Dimension.of(Field.AGENT_NAME))),
        store.aggregate(slow.by(Dimension.of(Field.STORY_ID), Dimension.detail("tool"))));
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
          .as("an hour by agent, two days and their ranks, the block and its words")
          .isEqualTo("03 10 10 13 13 14 14 20 22 23 24 25");
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
      assertThat(built(database)).as("too little came to build anew").endsWith("20 22 23 24 25");
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
  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void whatTheSchemaOfBeforeBuiltIsUsedOn(int schema) {
    String database = TestServer.freshDatabase();
    String everything = database + TestServer.EVERYTHING;
    List<List<Row>> before;
    try (ClickHouseStore store = TestServer.open(everything)) {
      store.append(new Append(someDays()));
      store.settle();
      store.rollUp();
      before = sums(store, Filter.EVERYTHING);
    }
    asBuiltBefore(database, schema);
    try (ClickHouseStore store = TestServer.open(everything)) {
      assertThat(sums(store, Filter.EVERYTHING)).isEqualTo(before);
      assertThat(store.check().eventsRead())
          .as("cells of agents came with the sixth schema")
          .isEqualTo(schema < 6 ? 124 : 0);
      assertThat(found(store, "hour59")).isOne();
    }
  }

  /** Ranks had the builds of cells, and before the fifth schema these stood in another table. */
  private static void asBuiltBefore(String database, int schema) {
    String at = database + ".";
    List<String> statements = new ArrayList<>();
    statements.add(
        "INSERT INTO "
            + at
            + "cell_ranks SELECT r.* REPLACE (w.build AS build) FROM "
            + at
            + "cell_ranks AS r INNER JOIN (SELECT level, start, build FROM "
            + at
            + "sum_builds WHERE kind = 0) AS w ON r.level = w.level AND r.start = w.start");
    if (schema == 4) {
      statements.add(
          "INSERT INTO "
              + at
              + "builds SELECT level, start, build, horizon, made FROM "
              + at
              + "sum_builds WHERE kind = 0");
      statements.add("DROP TABLE " + at + "sum_builds SYNC");
      statements.add("DROP TABLE " + at + "word_parts SYNC");
    } else {
      statements.add(
          "ALTER TABLE "
              + at
              + "sum_builds DELETE WHERE kind IN (4, 5) SETTINGS mutations_sync = 1");
    }
    statements.add(
        "ALTER TABLE " + at + "meta DELETE WHERE key = 'schema' SETTINGS mutations_sync = 1");
    statements.add("INSERT INTO " + at + "meta (key, value) VALUES ('schema', '" + schema + "')");
    statements.forEach(TestServer.node()::query);
  }

  @Test
  void aSearchThatTakesTooLongSaysWhatItWaitsFor() {
    try (ClickHouseStore store = TestServer.open(TestServer.freshDatabase())) {
      store.append(new Append(someDays()));
      store.settle();
      ReadRequest soon =
          ReadRequest.newestFirst(Filter.EVERYTHING).limit(10).patience(Duration.ofNanos(1));
      assertThatThrownBy(() -> store.search(Search.newest(SearchQuery.parse("nowhere")), soon))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.STOPPED))
          .hasMessageContaining("the words of about 124 events are not noted yet");
    }
  }

  private static long micros(Instant time) {
    return time.toEpochMilli() * 1_000;
  }
}
