package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.sql.SqlAnswer;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file itself: who may write, what damage and a full disk do, what a person sees in it. */
class SqliteFileTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir Path folder;
  private Path db;

  @BeforeEach
  void name() {
    db = folder.resolve("home/events_index.db");
  }

  @Test
  void aSecondWriterLeavesWithinASecondAndReadersStay() {
    SqliteStore first = SqliteStore.open(db);
    try (SqliteStore second = SqliteStore.open(db)) {
      first.append(Calls.append(0, 10));
      first.settle();
      long start = System.nanoTime();
      assertKind(Kind.BUSY, () -> second.append(Calls.append(10, 20)));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(second.check().events()).isEqualTo(10);
      first.close();
      assertThat(second.append(Calls.append(5, 20)).inserted()).isEqualTo(10);
    }
  }

  @Test
  void aFullDiskKeepsNothingOfTheAppendAndGoesOnLater() throws Exception {
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, 1000));
      store.settle();
    }
    Writer bounded = writer();
    long pages = bounded.connection().number("PRAGMA page_count");
    bounded.connection().number("PRAGMA max_page_count = " + (pages + 3));
    assertThatThrownBy(() -> bounded.append(Calls.append(1000, 5000)))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(Failures.kindOf(e)).isEqualTo(Kind.FULL));
    assertThat(bounded.connection().number("SELECT count(*) FROM events")).isEqualTo(1000);
    assertThat(bounded.connection().text("SELECT value FROM marks")).isEqualTo("1000");
    bounded.abandon();
    try (Writer again = writer()) {
      assertThat(again.append(Calls.append(1000, 5000))).isEqualTo(new Appended(4000, 0, 0, 0));
    }
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(store.check().events()).isEqualTo(5000);
    }
  }

  private Writer writer() throws Exception {
    return Writer.open(db, Objects.requireNonNull(WriterLock.tryTake(db)), 2000);
  }

  @Test
  void whatWasForgottenStaysAwayWhenADamagedFileIsBegunAnew() throws Exception {
    Filter session = Filter.is(Field.SESSION_ID, "session 3");
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, 5000));
      assertThat(store.forget(session).events()).isEqualTo(50);
    }
    Files.writeString(WriterLock.fileOf(db), "w");
    try (FileChannel file = FileChannel.open(db, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[100_000]), 30 * 8192);
    }
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(store.movedAside()).isPresent();
      assertThat(store.append(Calls.append(0, 5000)).forgotten()).isEqualTo(50);
    }
  }

  @Test
  void aDamagedFileIsMovedAsideAndAnewBegun() throws Exception {
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, 5000));
    }
    Files.writeString(WriterLock.fileOf(db), "w");
    try (FileChannel file = FileChannel.open(db, StandardOpenOption.WRITE)) {
      byte[] noise = new byte[200_000];
      new Random(5).nextBytes(noise);
      file.write(ByteBuffer.wrap(noise), 8192);
    }
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(store.movedAside()).hasValueSatisfying(aside -> assertThat(aside).exists());
      assertThat(store.check().events()).isZero();
      assertThat(store.append(Calls.append(0, 10)).inserted()).isEqualTo(10);
    }
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(store.movedAside()).isEmpty();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsMovedAside() throws Exception {
    Files.createDirectories(db.getParent());
    Files.writeString(
        db, "this is a text and no database, though it has enough bytes for one\n".repeat(99));
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(store.movedAside()).isPresent();
    }
  }

  @Test
  void damageThatIsMetLaterIsFoundAtTheNextOpening() throws Exception {
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, 5000));
    }
    try (FileChannel file = FileChannel.open(db, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[400_000]), 3 * 8192);
    }
    try (SqliteStore store = SqliteStore.open(db)) {
      ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
      assertKind(Kind.DAMAGED, () -> store.read(all).finish(all));
    }
    try (SqliteStore store = SqliteStore.open(db)) {
      assertThat(store.movedAside()).isPresent();
    }
  }

  @Test
  void aNewerSchemaIsRefusedAndLeftAlone() throws Exception {
    SqliteStore.open(db).close();
    try (DatabaseConnection connection = DatabaseConnection.open(db, false)) {
      connection.run("PRAGMA user_version = 99");
    }
    byte[] before = Files.readAllBytes(db);
    assertKind(Kind.NEWER, () -> SqliteStore.open(db));
    assertKind(Kind.NEWER, () -> SqliteStore.openForReading(db));
    assertThat(Files.readAllBytes(db)).isEqualTo(before);
  }

  @Test
  void theDatabaseOfAnotherProgramIsRefused() throws Exception {
    Files.createDirectories(db.getParent());
    Files.createFile(db);
    try (DatabaseConnection connection = DatabaseConnection.open(db, false)) {
      connection.run("CREATE TABLE theirs (x)");
    }
    assertKind(Kind.REFUSED, () -> SqliteStore.open(db));
  }

  @Test
  void aFolderThatCannotBeMadeIsSaid() throws Exception {
    Files.createFile(folder.resolve("home"));
    assertKind(Kind.UNREACHABLE, () -> SqliteStore.open(db));
    assertKind(Kind.UNREACHABLE, () -> SqliteStore.openForReading(db));
  }

  @Test
  void filesBelongToTheirOwnerOnly() throws Exception {
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, 10));
      store.settle();
      store.append(Calls.append(10, 20));
      try (var files = Files.list(db.getParent())) {
        for (Path file : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void everyImportedRowIsReadableWithPlainSqlAndTheFileIsWhole() throws Exception {
    Event odd = Calls.call(1).toBuilder().set(Field.CONTEXT_PERCENT, 50.0).build();
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, 9000));
      store.append(Calls.append(8000, 12_000));
      assertThat(odd.id()).hasSize(26);
    }
    try (DatabaseConnection connection = DatabaseConnection.open(db, true)) {
      assertThat(connection.text("PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(connection.number("SELECT count(*) FROM events WHERE success = 1"))
          .isEqualTo(12_000 - (12_000 + 6) / 7);
      try (ResultSet row =
          connection.query(
              "SELECT typeof(duration_ms), typeof(details), details ->> '$.tool', timestamp"
                  + " FROM events WHERE event_id = ?",
              Calls.call(8).id())) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("integer");
        assertThat(row.getString(2)).isEqualTo("text");
        assertThat(row.getString(3)).isEqualTo("T3");
        assertThat(row.getString(4)).isEqualTo("2025-09-23T14:00:08.008000+00:00");
      }
    }
  }

  @Test
  void timesReadInSqlAsInJson() throws Exception {
    List<Instant> times =
        List.of(
            Instant.parse("0001-01-01T00:00:00.000001Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.EPOCH,
            Instant.parse("2024-02-29T12:00:00.5Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"));
    EventBatch batch = new EventBatch();
    for (int i = 0; i < times.size(); i++) {
      batch.add(
          EventBatch.Mode.NEW,
          Event.builder(EventIds.ofKey("time " + i), times.get(i), "t", Category.EXECUTION)
              .build());
    }
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(new Append(batch));
      assertThat(store.sql("SELECT timestamp FROM events ORDER BY micros", 9, PATIENCE).rows())
          .isEqualTo(
              times.stream().map(time -> List.of(Timestamps.text(Timestamps.of(time)))).toList());
      Aggregate byHour =
          Aggregate.of(Filter.is(Field.ID, EventIds.ofKey("time 1")), Measure.count())
              .by(Dimension.by(Dimension.Span.HOUR));
      assertThat(store.aggregate(byHour).getFirst().key()).containsExactly(-3_600_000_000L);
    }
  }

  @Test
  void importingAgainChangesNothing() throws Exception {
    String before;
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, 3000));
      store.settle();
      before = content();
      assertThat(store.append(Calls.append(0, 3000))).isEqualTo(new Appended(0, 0, 3000, 0));
    }
    assertThat(content()).isEqualTo(before);
  }

  private String content() throws Exception {
    try (DatabaseConnection connection = DatabaseConnection.open(db, true)) {
      return connection.text("SELECT group_concat(id || event_id || details, ',') FROM events")
          + connection.text("SELECT count(*) || ' ' || group_concat(hex(cells)) FROM rollups");
    }
  }

  @Test
  void sqlReadsAndOnlyReads() {
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, 100));
      SqlAnswer answer =
          store.sql("SELECT story_id, count(*) AS n FROM events GROUP BY 1;", 2, PATIENCE);
      assertThat(answer.columns()).containsExactly("story_id", "n");
      assertThat(answer.rows()).containsExactly(List.of("1.0", 34L), List.of("1.1", 33L));
      assertThat(answer.complete()).isFalse();
      assertThat(
              store.sql("-- how many?\nWITH e AS (SELECT ';') SELECT * FROM e", 9, PATIENCE).rows())
          .hasSize(1);
      assertThat(store.sql("SELECT x'1b5B', NULL, 2", 9, PATIENCE).rows())
          .containsExactly(Arrays.asList("x'1b5b'", null, 2L));
      for (String bad :
          List.of(
              "DELETE FROM events",
              "SELECT 1; DROP TABLE events",
              "ATTACH '/tmp/x.db' AS x",
              "PRAGMA query_only = OFF",
              "WITH x AS (SELECT 1) DELETE FROM events",
              "/* SELECT */ VACUUM",
              "SELECT nonsense FROM nowhere",
              "")) {
        assertKind(Kind.REFUSED, () -> store.sql(bad, 9, PATIENCE));
      }
      assertThat(store.check().events()).isEqualTo(100);
    }
  }

  @Test
  void theMemoryOfSqlIsBounded() {
    String many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200)";
    try (SqliteStore store = SqliteStore.open(db)) {
      for (String large :
          List.of(
              "SELECT zeroblob(500000000)",
              "SELECT length(hex(zeroblob(100000000)))",
              many + " SELECT length(group_concat(hex(zeroblob(500000)))) FROM n",
              many + " SELECT hex(zeroblob(500000)) FROM n")) {
        assertKind(Kind.REFUSED, () -> store.sql(large, Integer.MAX_VALUE, Duration.ofSeconds(60)));
      }
      assertThat(
              store
                  .sql(
                      many + " SELECT i FROM n ORDER BY hex(zeroblob(1000)), i DESC LIMIT 1",
                      9,
                      PATIENCE)
                  .rows())
          .containsExactly(List.of(200L));
    }
  }

  @Test
  void sqlStopsWhenPatienceIsOut() {
    try (SqliteStore store = SqliteStore.open(db)) {
      String endless =
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
      assertKind(Kind.STOPPED, () -> store.sql(endless, 9, Duration.ofMillis(200)));
      assertThat(store.aggregate(Aggregate.of(Filter.EVERYTHING, Measure.count()))).hasSize(1);
    }
  }

  private static void assertKind(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageMatching("(?s).{15,}");
  }
}
