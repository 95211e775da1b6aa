package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.flightlog.store.StoreException;
import dev.flightlog.stores.sqlite.search.SearchIndexer;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
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
  void whoWaitsForItsUpgradeIsToldThatItBeginsHowLongItTakesAndThatItIsOver() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    Schema.Told atOnce = new Schema.Told(told::add, Duration.ZERO);

    SqliteStore.open(db, SearchIndexer.WORTH, atOnce).close();

    assertThat(told).hasSize(2);
    assertThat(told.getFirst())
        .contains(db.toString(), "schema 1 to " + Schema.VERSION, "120 events", "about 1 s");
    assertThat(told.getLast()).contains("events_index.db is up to date");
    SqliteStore.open(db, SearchIndexer.WORTH, atOnce).close();
    assertThat(told).hasSize(2);
  }

  @Test
  void nobodyIsToldOfANewFile() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    Path fresh = folder.resolve("new.db");

    SqliteStore.open(fresh, SearchIndexer.WORTH, new Schema.Told(told::add, Duration.ZERO)).close();

    assertThat(told).isEmpty();
  }

  @Test
  void anUpgradeThatFailsIsNotToldToBeOver() throws SQLException {
    try (DatabaseConnection connection = DatabaseConnection.open(db, false)) {
      connection.run("CREATE TABLE forgotten_events (odd INTEGER)");
    }
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    Schema.Told atOnce = new Schema.Told(told::add, Duration.ZERO);

    assertThatThrownBy(() -> SqliteStore.open(db, SearchIndexer.WORTH, atOnce))
        .isInstanceOf(StoreException.class);
    assertThat(told).hasSize(1);
  }

  @Test
  void howLongAnUpgradeTakesIsToldInMinutesWhenItIsLong() {
    assertThat(UpgradeNotice.expected(1_000_000)).isEqualTo("about 20 s");
    assertThat(UpgradeNotice.expected(5_000_000)).isEqualTo("about 2 min");
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

  @Test
  void itsEventsReadInSqlAsTheyDidBefore() throws Exception {
    List<String> before = rows();
    SqliteStore.open(db).close();
    assertThat(before).hasSize(120);
    assertThat(rows()).isEqualTo(before);
    try (DatabaseConnection connection = DatabaseConnection.open(db, true)) {
      assertThat(connection.text("PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(connection.number("PRAGMA freelist_count")).isZero();
      assertThat(
              connection.number(
                  "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'event_rows'"))
          .as("its rows are found by their indexes before anything is written")
          .isEqualTo(5);
    }
  }

  /** All values of the columns that there have always been. */
  private List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (DatabaseConnection connection = DatabaseConnection.open(db, true);
        ResultSet found =
            connection.query(
                "SELECT id, event_id, timestamp, event_type, category, session_id, story_id,"
                    + " workflow_id, agent_name, task_id, run_id, step, component, duration_ms,"
                    + " tokens_used, context_percent, success, confidence_score, impact_score,"
                    + " time_saved_or_wasted_ms, user_satisfaction_delta, created_rule,"
                    + " pattern_detected, needs_review, details, source FROM events ORDER BY id")) {
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= 26; i++) {
          row.append(found.getObject(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @Test
  void itIsLeftAloneWhileAnotherProcessWritesToIt() throws Exception {
    byte[] before = Files.readAllBytes(db);
    try (WriterLock other = WriterLock.tryTake(db)) {
      assertThat(other).isNotNull();
      assertThatThrownBy(() -> SqliteStore.open(db))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.BUSY))
          .hasMessageContaining("another Flightlog is writing");
    }
    assertThat(Files.readAllBytes(db)).isEqualTo(before);
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(store.check().events()).isEqualTo(120);
    }
  }
}
