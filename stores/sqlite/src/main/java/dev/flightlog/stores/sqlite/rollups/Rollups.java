package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.stores.sqlite.rollups.Summary.Part;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.TextNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * What makes a question over millions of events fast: their sums, kept while they are appended.
 *
 * <pre>
 *   span    ALL ──── DAYS ──── HOURS           each event counts once in each
 *   part    COUNTS, SESSIONS   by project, story, agent, type, tool, category, model, error type, success,
 *                              billing
 *           SKETCHES           of duration_ms, by project, story, agent, type, tool
 *   place   (part, span, start): one or a few {@link Cube}s, which add up
 * </pre>
 *
 * <p>What was added up for some appends becomes a cube in each place it touches. Cubes of a place
 * are merged when there would be more than {@value #MOST_CUBES}; so there are few, and each cell is
 * rewritten seldom.
 *
 * <p>Sums can be taken back, extremes and sketches cannot. So an event that changes makes its hours
 * <em>stale</em> in the same transaction: readers then take the rows of such an hour, and {@link
 * #repair} builds it, its day and the whole anew.
 *
 * <p>When the rows of an hour are released to an archive, its cubes are marked so. They can never
 * be built anew, and never have to be; rows that come later have cubes beside them.
 */
public final class Rollups {
  static final int ALL = 0;
  static final int DAYS = 1;
  static final int HOURS = 2;

  /** So many cubes a place may have. */
  private static final int MOST_CUBES = 3;

  /** Fewer cells are not worth another thread. */
  private static final int FEW = 2_000;

  private final DatabaseConnection connection;

  Rollups(DatabaseConnection connection) {
    this.connection = connection;
  }

  /**
   * Adds what was accumulated. Within a transaction. A day is added up while the one before it is
   * written; more of them are never in memory.
   */
  void add(Accumulator added) throws SQLException {
    Map<Long, List<Accumulator.Hour>> days = new HashMap<>();
    for (Accumulator.Hour hour : added.hours()) {
      long day = Math.floorDiv(hour.start(), Timestamps.DAY) * Timestamps.DAY;
      days.computeIfAbsent(day, _ -> new ArrayList<>()).add(hour);
    }
    SpanSums all = new SpanSums();
    CubeWriter writer = new CubeWriter(added.names());
    Executor beside = added.size() < FEW ? Runnable::run : ForkJoinPool.commonPool();
    CompletableFuture<@Nullable Day> adding = CompletableFuture.completedFuture(null);
    try {
      for (Map.Entry<Long, List<Accumulator.Hour>> day : days.entrySet()) {
        Day before = adding.join();
        adding =
            CompletableFuture.supplyAsync(
                () -> Day.of(day.getKey(), day.getValue(), all, writer), beside);
        save(before);
      }
      save(adding.join());
    } catch (CompletionException e) {
      throw new IllegalStateException("sums of a day could not be added up", e.getCause());
    } finally {
      adding.handle((_, _) -> true).join();
    }
    save(ALL, 0, writer.write(all));
  }

  private void save(@Nullable Day day) throws SQLException {
    if (day != null) {
      for (Map.Entry<Long, CubeWriter.Bytes> hour : day.hours.entrySet()) {
        save(HOURS, hour.getKey(), hour.getValue());
      }
      save(DAYS, day.start, day.whole);
    }
  }

  /** The sums of a day and of its hours. */
  private record Day(long start, Map<Long, CubeWriter.Bytes> hours, CubeWriter.Bytes whole) {
    /** Adds up; also to those of all days. */
    static Day of(long start, List<Accumulator.Hour> hours, SpanSums all, CubeWriter writer) {
      Map<Long, CubeWriter.Bytes> each = new HashMap<>();
      SpanSums whole = new SpanSums();
      for (Accumulator.Hour hour : hours) {
        whole.add(hour.sums());
        each.put(hour.start(), writer.write(hour.sums()));
      }
      all.add(whole);
      return new Day(start, each, writer.write(whole));
    }
  }

  private void save(int span, long start, CubeWriter.Bytes sums) throws SQLException {
    save(Part.COUNTS, span, start, sums.counts());
    save(Part.SKETCHES, span, start, sums.sketches());
    save(Part.SESSIONS, span, start, sums.sessions());
  }

  /**
   * Keeps a cube beside those that there are, or in their place when these are many.
   *
   * @param encoded null when it has no cells
   */
  private void save(Part part, int span, long start, byte @Nullable [] encoded)
      throws SQLException {
    if (encoded == null) {
      return;
    }
    byte[] bytes = encoded;
    List<Long> before = new ArrayList<>();
    try (ResultSet rows =
        connection.query(
            "SELECT id FROM rollups WHERE part = ? AND span = ? AND start = ? AND released = 0",
            part.number,
            span,
            start)) {
      while (rows.next()) {
        before.add(rows.getLong(1));
      }
    }
    if (before.size() >= MOST_CUBES) {
      Cube merged = new Cube(part);
      merged.add(CubeLayout.FORM, encoded);
      for (Long id : before) {
        try (ResultSet rows =
            connection.query("SELECT cells, form FROM rollups WHERE id = ?", id)) {
          if (rows.next()) {
            merged.add(rows.getInt(2), rows.getBytes(1));
          }
        }
        connection.update("DELETE FROM rollups WHERE id = ?", id);
      }
      bytes = merged.toBytes();
    }
    connection.update(
        "INSERT INTO rollups (part, span, start, form, cells) VALUES (?, ?, ?, ?, ?)",
        part.number,
        span,
        start,
        CubeLayout.FORM,
        bytes);
  }

  /**
   * Notes that the roll-ups do not tell about this time, and answers its hour. Within a
   * transaction.
   */
  long stale(long micros) throws SQLException {
    long hour = Math.floorDiv(micros, Accumulator.HOUR) * Accumulator.HOUR;
    connection.update("INSERT OR IGNORE INTO rollups_stale (hour) VALUES (?)", hour);
    return hour;
  }

  /** Notes that the roll-ups tell about these hours again. Within a transaction. */
  void fresh(Iterable<Long> hours) throws SQLException {
    for (Long hour : hours) {
      connection.update("DELETE FROM rollups_stale WHERE hour = ?", hour);
    }
  }

  /** The hours whose roll-ups must not be used, nor those of their days. */
  static TreeSet<Long> staleHours(DatabaseConnection connection) throws SQLException {
    TreeSet<Long> hours = new TreeSet<>();
    try (ResultSet rows = connection.query("SELECT hour FROM rollups_stale")) {
      while (rows.next()) {
        hours.add(rows.getLong(1));
      }
    }
    return hours;
  }

  /** Builds anew what is stale. Within a transaction. */
  void repair(TextNumbers texts) throws SQLException {
    TreeSet<Long> hours = staleHours(connection);
    if (hours.isEmpty()) {
      return;
    }
    TreeSet<Long> days = new TreeSet<>();
    for (Long hour : hours) {
      rebuildHour(hour, texts);
      days.add(Math.floorDiv(hour, Timestamps.DAY) * Timestamps.DAY);
    }
    for (Part part : Part.values()) {
      for (Long day : days) {
        rebuild(part, DAYS, day, HOURS, day, day + Timestamps.DAY);
      }
      rebuild(part, ALL, 0, DAYS, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    connection.update("DELETE FROM rollups_stale");
  }

  private void rebuildHour(long hour, TextNumbers texts) throws SQLException {
    connection.update(
        "DELETE FROM rollups WHERE span = ? AND start = ? AND part IN (0, 1, 2) AND released = 0",
        HOURS,
        hour);
    Accumulator accumulator = new Accumulator();
    EventBatch one = new EventBatch();
    List<Event> events = new ArrayList<>();
    try (ResultSet rows =
        connection.query(
            "SELECT "
                + EventRows.COLUMNS
                + " FROM event_rows WHERE timestamp >= ? AND timestamp < ?",
            hour,
            hour + Accumulator.HOUR)) {
      while (rows.next()) {
        events.add(EventRows.event(rows, 1, connection));
      }
    }
    for (Event event : events) {
      one.clear();
      one.add(EventBatch.Mode.NEW, event);
      String session = event.text(Field.SESSION_ID);
      accumulator.add(one, 0, session == null ? 0 : texts.kept(Field.SESSION_ID, session));
    }
    for (Accumulator.Hour rebuilt : accumulator.hours()) {
      save(HOURS, rebuilt.start(), new CubeWriter(accumulator.names()).write(rebuilt.sums()));
    }
  }

  private void rebuild(Part part, int span, long start, int fromSpan, long from, long until)
      throws SQLException {
    connection.update(
        "DELETE FROM rollups WHERE part = ? AND span = ? AND start = ?", part.number, span, start);
    Cube cube = new Cube(part);
    try (ResultSet rows = places(connection, part, fromSpan, from, until)) {
      while (rows.next()) {
        cube.add(rows.getInt(3), rows.getBytes(2));
      }
    }
    save(part, span, start, cube.isEmpty() ? null : cube.toBytes());
  }

  /** Start, cells and their form of the places that begin in this stretch of time. */
  static ResultSet places(DatabaseConnection connection, Part part, int span, long from, long until)
      throws SQLException {
    return connection.query(
        "SELECT start, cells, form FROM rollups WHERE part = ? AND span = ? AND start >= ? AND start < ?",
        part.number,
        span,
        from,
        until);
  }

  /** The ids of the cubes of such places, with their start; no cube is read for it. */
  static Map<Long, Long> ids(
      DatabaseConnection connection, Part part, int span, long from, long until)
      throws SQLException {
    Map<Long, Long> starts = new LinkedHashMap<>();
    try (ResultSet rows =
        connection.query(
            "SELECT id, start FROM rollups WHERE part = ? AND span = ? AND start >= ? AND start < ?",
            part.number,
            span,
            from,
            until)) {
      while (rows.next()) {
        starts.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return starts;
  }

  /** The cubes of an hour that tell of its released events alone. */
  static ResultSet released(DatabaseConnection connection, Part part, long hour)
      throws SQLException {
    return connection.query(
        "SELECT start, cells, form FROM rollups"
            + " WHERE part = ? AND span = ? AND start = ? AND released = 1",
        part.number,
        HOURS,
        hour);
  }

  /**
   * How many events there are, released ones too: from the roll-ups, or by counting rows while some
   * are stale.
   */
  public static long events(DatabaseConnection connection) throws SQLException {
    if (connection.number("SELECT EXISTS (SELECT 1 FROM rollups_stale)") > 0) {
      return connection.number("SELECT count(*) FROM event_rows")
          + connection.number("SELECT ifnull(sum(events), 0) FROM released_hours");
    }
    long[] events = new long[1];
    try (ResultSet rows = places(connection, Part.COUNTS, ALL, 0, 1)) {
      while (rows.next()) {
        Cube.read(
            Part.COUNTS,
            rows.getInt(3),
            rows.getBytes(2),
            summary -> events[0] += summary instanceof Counts counts ? counts.events : 0);
      }
    }
    return events[0];
  }
}
