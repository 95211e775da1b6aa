package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.store.archive.Released;
import dev.flightlog.store.archive.RowExpiry;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of a shared store that are older than somebody wants to keep. */
class ExpiryTest {
  private static final Instant START = Instant.parse("2026-01-01T00:30:00Z");
  private static final int DAYS = 40;
  private static final int KEPT = 10;
  private static final long CUT = Timestamps.of(Instant.parse("2026-01-31T00:00:00Z"));

  private final String database = TestServer.freshDatabase();
  private ClickHouseStore store;

  @BeforeEach
  void fill() {
    store = TestServer.open(database);
    append(all(0));
    store.settle();
    store.rollUp();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static EventBatch all(int series) {
    EventBatch batch = new EventBatch();
    for (int day = 0; day < DAYS; day++) {
      for (int i = 0; i < 3; i++) {
        batch.add(Mode.NEW, event(series, day, i));
      }
    }
    return batch;
  }

  /** Of a session that lasts all the time, or of one of its day. */
  private static Event event(int series, int day, int number) {
    return Event.builder(
            EventIds.ofKey(series + " " + day + " " + number),
            START.plus(Duration.ofDays(day)).plusSeconds(number),
            "tool_call",
            Category.EXECUTION)
        .set(Field.SESSION_ID, number == 0 ? "long" : "s" + day)
        .set(Field.DURATION_MS, (long) day)
        .set(Field.TOKENS_USED, (long) number)
        .details(Map.of("tool", "Bash", "input", "make test " + day))
        .build();
  }

  private Appended append(EventBatch batch) {
    return store.append(new Append(batch));
  }

  private RowExpiry expiry() {
    return store.rowExpiry().orElseThrow();
  }

  /** What sums tell, by day, and over everything. */
  private List<List<Row>> sums() {
    Aggregate all =
        Aggregate.of(
            Filter.EVERYTHING,
            Measure.count(),
            Measure.sum(Attribute.of(Field.TOKENS_USED)),
            Measure.distinct(Attribute.of(Field.SESSION_ID)),
            Measure.percentile(Attribute.of(Field.DURATION_MS), 0.9));
    return List.of(store.aggregate(all), store.aggregate(all.by(Dimension.by(Span.DAY))));
  }

  private long rows() {
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    return store.read(all).finish(all).size();
  }

  private int found(String words) {
    ReadRequest newest = ReadRequest.newestFirst(Filter.EVERYTHING).limit(10);
    return store.search(Search.newest(SearchQuery.parse(words)), newest).hits().size();
  }

  @Test
  void rowsGoForGoodAndTheirSumsStay() {
    List<List<Row>> before = sums();
    assertThat(expiry().expired()).isEqualTo(Long.MIN_VALUE);
    assertThat(store.released(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(Released.NONE);
    assertThat(expiry().due(CUT + Timestamps.DAY / 2)).isEqualTo(90);
    assertThat(expiry().expire(CUT + Timestamps.DAY / 2)).isEqualTo(90);
    assertThat(rows()).isEqualTo(3 * KEPT);
    assertThat(sums()).isEqualTo(before);
    assertThat(store.released(Long.MIN_VALUE, Long.MAX_VALUE).events()).isEqualTo(90);
    assertThat(store.released(CUT - Timestamps.DAY, Long.MAX_VALUE).events()).isEqualTo(3);
    assertThat(store.released(CUT, Long.MAX_VALUE)).isEqualTo(Released.NONE);
    assertThat(found("\"make test 35\"")).isEqualTo(3);
    assertThat(found("\"make test 3\"")).isZero();
    assertThat(expiry().expire(CUT)).isZero();
    try (ClickHouseStore another = TestServer.open(database)) {
      assertThat(another.rowExpiry().orElseThrow().expired()).isEqualTo(CUT);
      assertThat(another.released(Long.MIN_VALUE, Long.MAX_VALUE).events()).isEqualTo(90);
    }
  }

  @Test
  void whatIsOlderIsNotTakenInAnyMore() {
    expiry().expire(CUT);
    List<List<Row>> before = sums();
    Appended again = append(all(0));
    assertThat(again.inserted()).isZero();
    assertThat(again.forgotten()).isEqualTo(90);
    assertThat(sums()).isEqualTo(before);
    assertThat(append(all(1)).inserted()).isEqualTo(3 * KEPT);
    store.settle();
    store.rollUp();
    assertThat(rows()).isEqualTo(6 * KEPT);
    assertThat(sums().getFirst().getFirst().whole(0)).isEqualTo(3 * DAYS + 3 * KEPT);
  }

  @Test
  void anotherProgramThatKnewNothingOfItTakesInNothingEither() {
    try (ClickHouseStore another = TestServer.open(database)) {
      another.append(new Append(all(0)));
      expiry().expire(CUT);
      List<List<Row>> before = sums();
      assertThat(another.append(new Append(all(1))).inserted()).isEqualTo(3 * KEPT);
      another.settle();
      another.rollUp();
      assertThat(sums().get(1).subList(0, DAYS - KEPT))
          .isEqualTo(before.get(1).subList(0, DAYS - KEPT));
    }
  }

  @Test
  void aSessionThatIsForgottenLaterStaysInTheSumsOfBefore() {
    expiry().expire(CUT);
    assertThat(store.forget(Filter.is(Field.SESSION_ID, "long")).events()).isEqualTo(KEPT);
    store.settle();
    store.rollUp();
    List<Row> all = sums().getFirst();
    assertThat(all.getFirst().whole(0)).isEqualTo(3 * DAYS - KEPT);
    assertThat(rows()).isEqualTo(2 * KEPT);
  }

  /** As an append does that was on its way when the time was told. */
  @Test
  void whatCameTooLateIntoAnOldHourLeavesItsSumsAsTheyWere() {
    List<List<Row>> before = sums();
    expiry().expire(CUT);
    long hour = CUT - Timestamps.DAY;
    TestServer.node()
        .query(
            "INSERT INTO "
                + database
                + ".touched SELECT "
                + hour
                + ", toUInt64(toUnixTimestamp64Micro(now64(6))), 1");
    assertThat(sums()).isEqualTo(before);
    store.settle();
    store.rollUp();
    assertThat(sums()).isEqualTo(before);
  }

  @Test
  void aSecondTimeGoesOnFromTheFirst() {
    expiry().expire(CUT - 5 * Timestamps.DAY);
    List<List<Row>> before = sums();
    assertThat(expiry().expire(CUT)).isEqualTo(15);
    assertThat(sums()).isEqualTo(before);
    assertThat(expiry().expire(CUT - 20 * Timestamps.DAY)).isZero();
    assertThat(expiry().expired()).isEqualTo(CUT);
  }
}
