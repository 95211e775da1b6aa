package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.archive.Released;
import dev.flightlog.store.archive.RowReleases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows go to an archive; what the sums tell is as before, and nothing comes twice. */
class ReleaseTest {
  private static final long HOUR = 3_600_000_000L;
  private static final long DAY = Timestamps.DAY;

  /** Monday 15 September 2025. */
  private static final long MONDAY = Timestamps.parse("2025-09-15T00:00:00Z");

  @TempDir Path folder;
  private SqliteStore store;
  private RowReleases releases;
  private List<Event> events;

  @BeforeEach
  void fill() {
    store = SqliteStore.open(folder.resolve("events_index.db"));
    releases = store.rowReleases().orElseThrow();
    events = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      long time = MONDAY + i % 14 * DAY + (long) (random.nextDouble() * 3 * HOUR);
      events.add(
          Calls.call(i).toBuilder()
              .set(Field.TIMESTAMP, time)
              .set(Field.SESSION_ID, "s" + i % 40)
              .set(Field.STORY_ID, i % 3 == 0 ? "1.1" : "1.2")
              .set(Field.DURATION_MS, (long) random.nextInt(5000))
              .set(Field.SUCCESS, i % 7 != 0)
              .build());
    }
    append(events);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Appended append(List<Event> some) {
    EventBatch batch = new EventBatch();
    some.forEach(event -> batch.add(Mode.NEW, event));
    return store.append(new Append(batch));
  }

  private static Set<String> ids(List<Event> some) {
    return some.stream().map(Event::id).collect(Collectors.toSet());
  }

  private List<Event> of(long since, long until) {
    return events.stream().filter(e -> e.micros() >= since && e.micros() < until).toList();
  }

  private List<List<Row>> answers() {
    List<List<Row>> answers = new ArrayList<>();
    for (Filter filter :
        List.of(
            Filter.EVERYTHING,
            Filter.is(Field.STORY_ID, "1.2"),
            new Filter.Time(MONDAY + 2 * DAY, MONDAY + 9 * DAY + 2 * HOUR))) {
      Aggregate all =
          Aggregate.of(
              filter,
              Measure.count(),
              Measure.count(Filter.is(Field.SUCCESS, false)),
              Measure.sum(Attribute.of(Field.DURATION_MS)),
              Measure.max(Attribute.of(Field.DURATION_MS)),
              Measure.distinct(Attribute.of(Field.SESSION_ID)));
      answers.add(store.aggregate(all));
      answers.add(store.aggregate(all.by(Field.STORY_ID)));
      answers.add(store.aggregate(all.by(Dimension.by(Dimension.Span.DAY))));
      answers.add(store.aggregate(all.by(Dimension.by(Dimension.Span.HOUR))));
      answers.add(
          store.aggregate(
              Aggregate.of(filter, Measure.percentile(Attribute.of(Field.DURATION_MS), 0.95))));
    }
    return answers;
  }

  private List<Event> rows() {
    try (Answer answer = store.read(ReadRequest.oldestFirst(Filter.EVERYTHING))) {
      return answer.events().toList();
    }
  }

  @Test
  void theSumsOfReleasedRowsStayAndTheRowsAreGone() {
    List<List<Row>> before = answers();
    long week = MONDAY + 7 * DAY;
    List<Event> first = of(MONDAY, week);
    assertThat(releases.release(MONDAY, week, ids(first))).isEqualTo(first.size());
    assertThat(answers()).isEqualTo(before);
    assertThat(rows()).hasSize(events.size() - first.size());
    assertThat(store.check().events()).isEqualTo(events.size());
    Released released = store.released(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(released.events()).isEqualTo(first.size());
    assertThat(released.since()).isBetween(MONDAY, MONDAY + DAY);
    assertThat(released.until()).isBetween(week - DAY, week);
    assertThat(store.released(week, Long.MAX_VALUE)).isEqualTo(Released.NONE);
  }

  @Test
  void theyStayWhenLaterEventsMakeTheirHoursStale() {
    long week = MONDAY + 7 * DAY;
    releases.release(MONDAY, week, ids(of(MONDAY, week)));
    List<Event> late = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      late.add(
          Calls.call(10_000 + i).toBuilder()
              .set(Field.TIMESTAMP, MONDAY + i % 7 * DAY + i % 4 * HOUR + 1)
              .set(Field.STORY_ID, "1.2")
              .set(Field.SESSION_ID, "late")
              .set(Field.DURATION_MS, 9_000L)
              .build());
    }
    append(late.subList(0, 25));
    append(late.subList(25, 50));
    store.forget(Filter.is(Field.ID, late.get(3).id()));
    late.remove(3);
    List<List<Row>> held = answers();
    store.settle();
    assertThat(answers()).isEqualTo(held);
    try (SqliteStore plain = SqliteStore.open(folder.resolve("plain.db"))) {
      EventBatch batch = new EventBatch();
      events.forEach(event -> batch.add(Mode.NEW, event));
      late.forEach(event -> batch.add(Mode.NEW, event));
      plain.append(new Append(batch));
      SqliteStore archived = store;
      List<List<Row>> told = answers();
      store = plain;
      assertThat(told).isEqualTo(answers());
      store = archived;
    }
    assertThat(releases.release(MONDAY, week, ids(late))).isEqualTo(late.size());
    assertThat(answers()).isEqualTo(held);
  }

  @Test
  void importingThemAgainAddsNothingAlsoWhenNoRowIsLeft() {
    releases.release(MONDAY, MONDAY + 14 * DAY, ids(events));
    assertThat(rows()).isEmpty();
    List<List<Row>> before = answers();
    assertThat(append(events).unchanged()).isEqualTo(events.size());
    assertThat(rows()).isEmpty();
    assertThat(answers()).isEqualTo(before);
    store.close();
    store = SqliteStore.open(folder.resolve("events_index.db"));
    assertThat(append(events).unchanged()).isEqualTo(events.size());
    assertThat(answers()).isEqualTo(before);
  }

  @Test
  void reinstatedTheyAreAsBefore() {
    List<List<Row>> before = answers();
    List<Event> was = rows();
    long week = MONDAY + 7 * DAY;
    releases.release(MONDAY, MONDAY + 14 * DAY, ids(events));
    assertThat(releases.reinstate(MONDAY, week, events.iterator()))
        .isEqualTo(of(MONDAY, week).size());
    assertThat(answers()).isEqualTo(before);
    releases.reinstate(week, week + 7 * DAY, events.iterator());
    assertThat(rows()).isEqualTo(was);
    assertThat(answers()).isEqualTo(before);
    assertThat(store.released(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(Released.NONE);
  }

  @Test
  void nothingIsReleasedThatIsNotKeptElsewhereAndNothingReinstatedInPart() {
    List<Event> first = of(MONDAY, MONDAY + DAY);
    Set<String> tooFew = ids(first.subList(1, first.size()));
    assertThatThrownBy(() -> releases.release(MONDAY, MONDAY + DAY, tooFew))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(first.getFirst().id());
    assertThat(rows()).hasSize(events.size());
    releases.release(MONDAY, MONDAY + DAY, ids(first));
    assertThatThrownBy(() ->
            releases.reinstate(MONDAY, MONDAY + DAY, first.subList(1, first.size()).iterator()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("only " + (first.size() - 1));
    assertThat(rows()).hasSize(events.size() - first.size());
    assertThat(store.check().events()).isEqualTo(events.size());
  }

  @Test
  void aStoreBuiltAnewTakesThemOver() {
    long week = MONDAY + 7 * DAY;
    releases.release(MONDAY, week, ids(of(MONDAY, week)));
    List<List<Row>> before = answers();
    SqliteStore old = store;
    try (SqliteStore fresh = SqliteStore.open(folder.resolve("fresh.db"))) {
      fresh.rowReleases().orElseThrow().takeOver(old.rowReleases().orElseThrow());
      store = fresh;
      append(events);
      store.settle();
      assertThat(answers()).isEqualTo(before);
      assertThat(rows()).hasSize(of(week, week + 7 * DAY).size());
      store = old;
    }
  }

  @Test
  void compactingGivesTheirSpaceBack() {
    store.settle();
    releases.compact();
    long before = releases.bytesOnDisk();
    releases.release(MONDAY, MONDAY + 14 * DAY, ids(events));
    releases.compact();
    assertThat(releases.bytesOnDisk()).isLessThan(before);
  }
}
