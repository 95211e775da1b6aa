package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index of schema 1, made by commit 65c0c4d from a journal of 120 tool calls in three days, two
 * stories and seven sessions: opened, it goes on as it was.
 */
class OlderIndexTest {
  private static final Attribute TOKENS = Attribute.of(Field.TOKENS_USED);

  @TempDir Path folder;
  private Path db;

  @BeforeEach
  void unpack() throws IOException {
    db = folder.resolve("events_index.db");
    try (InputStream packed =
        Objects.requireNonNull(
            OlderIndexTest.class.getResourceAsStream("index-of-schema-1.db.gz"))) {
      Files.copy(new GZIPInputStream(packed), db);
    }
  }

  @Test
  void itsRowsMarksAndSumsGoOn() {
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(store.begunAnew()).isEmpty();
      assertThat(store.check().events()).isEqualTo(120);
      assertThat(store.marks("file:")).hasSize(1);
      Aggregate question =
          Aggregate.of(
              Filter.EVERYTHING,
              Measure.count(),
              Measure.sum(TOKENS),
              Measure.distinct(Attribute.of(Field.SESSION_ID)),
              Measure.percentile(Attribute.of(Field.DURATION_MS), 1));
      assertThat(store.aggregate(question).getFirst().values())
          .containsExactly(120L, 7140L, 7L, 1190.0);
      assertThat(store.aggregate(question.by(Field.STORY_ID)))
          .extracting(row -> row.text(0) + " " + row.whole(0))
          .containsExactly("1.0 60", "1.1 60");
      assertThat(store.aggregate(question.by(Field.PROJECT)))
          .extracting(Row::key)
          .containsExactly(Collections.singletonList(null));
      assertThat(store.check().eventsRead()).isZero();
    }
  }

  @Test
  void whatIsAppendedNowJoinsItsSumsAndIsNew() {
    try (SqliteStore store = SqliteStore.open(db)) {
      Changes before = store.changes(Cursor.BEGINNING, 1000);
      assertThat(before)
          .isInstanceOfSatisfying(
              Changes.Page.class, page -> assertThat(page.events()).hasSize(120));
      Cursor latest = store.latest();
      Event event =
          Calls.call(1).toBuilder()
              .set(Field.PROJECT, "flightlog")
              .set(Field.TOKENS_USED, 5L)
              .build();
      EventBatch batch = new EventBatch();
      batch.add(Mode.NEW, event);
      store.append(new Append(batch));
      assertThat(store.changes(latest, 10))
          .isInstanceOfSatisfying(
              Changes.Page.class, page -> assertThat(page.events()).containsExactly(event));
      store.settle();
      Aggregate question =
          Aggregate.of(Filter.EVERYTHING, Measure.count(), Measure.sum(TOKENS)).by(Field.PROJECT);
      List<Row> rows = store.aggregate(question);
      assertThat(rows).extracting(row -> row.text(0)).containsExactly(null, "flightlog");
      assertThat(rows.get(0).values()).containsExactly(120L, 7140L);
      assertThat(rows.get(1).values()).containsExactly(1L, 5L);
    }
  }

  @Test
  void whatItKeepsCanBeForgotten() {
    try (SqliteStore store = SqliteStore.open(db)) {
      long gone = store.forget(Filter.is(Field.SESSION_ID, "s3")).events();
      Aggregate count = Aggregate.of(Filter.EVERYTHING, Measure.count());
      assertThat(store.aggregate(count).getFirst().whole(0)).isEqualTo(120 - gone);
      assertThat(
              store
                  .aggregate(
                      Aggregate.of(
                          Filter.EVERYTHING, Measure.distinct(Attribute.of(Field.SESSION_ID))))
                  .getFirst()
                  .whole(0))
          .isEqualTo(6);
    }
  }
}
