package dev.flightlog.stores.sqlite.search;

import dev.flightlog.event.Event;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.search.Matcher;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchHit;
import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.SqlFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One search: the segments tell which rows may match, the newest first; these are read, and {@link
 * Matcher} decides. Rows that are in no segment yet are all read. Within a transaction.
 */
public final class WordSearch {
  /** More waiting rows than these are read by their time, so that the newest are enough. */
  private static final long FEW = 50_000;

  private static final int FIRST_READ = 32;

  /** Rows that are read first of a segment when there are enough hits already. */
  private static final int A_LOOK = 4;

  private static final int MOST_READ = 512;

  private static final Comparator<SearchHit> OLDEST_FIRST =
      Comparator.comparing(hit -> Position.of(hit.event()));

  private final DatabaseConnection connection;
  private final Matcher matcher;
  private final NeededWords needed;
  private final SqlFilter where;
  private final @Nullable Position after;
  private final long most;

  /** The best until now, the oldest at the head. */
  private final PriorityQueue<SearchHit> hits = new PriorityQueue<>(OLDEST_FIRST);

  private WordSearch(Search search, ReadRequest among, DatabaseConnection connection) {
    this.connection = connection;
    this.matcher = new Matcher(search.query());
    this.after = among.after();
    Filter filter = among.filter();
    if (after != null && after.micros() < Long.MAX_VALUE) {
      filter = Filter.and(filter, Filter.until(after.micros() + 1));
    }
    this.needed = NeededWords.of(search.query(), filter);
    this.where = SqlFilter.of(filter);
    this.most = search.needed(among.limit());
  }

  /** Answers a search. */
  public static SearchAnswer run(Search search, ReadRequest among, DatabaseConnection connection)
      throws SQLException {
    WordSearch run = new WordSearch(search, among, connection);
    run.readWaiting();
    run.readSegments();
    List<SearchHit> found = new ArrayList<>(run.hits);
    found.sort(OLDEST_FIRST.reversed());
    return search.answer(found, among.limit());
  }

  /** What the index takes. */
  public static SearchIndex index(long events, DatabaseConnection connection) throws SQLException {
    long waiting =
        connection.number(
            "SELECT count(*) FROM event_rows WHERE id > ?", SegmentTable.indexedTo(connection));
    long bytes = connection.number("SELECT ifnull(sum(bytes), 0) FROM search_segments");
    return new SearchIndex(true, bytes, events - waiting, waiting);
  }

  /** Whether so many rows are in no segment that a search is slow. */
  public static boolean waitsForMuch(DatabaseConnection connection) throws SQLException {
    return waiting(connection) > FEW;
  }

  private static long waiting(DatabaseConnection connection) throws SQLException {
    return connection.number("SELECT max(id) FROM event_rows") - SegmentTable.indexedTo(connection);
  }

  /** The time of the oldest hit, when no older one is needed any more. */
  private long enoughFrom() {
    SearchHit oldest = hits.size() < most ? null : hits.peek();
    return oldest == null ? Long.MIN_VALUE : oldest.event().micros();
  }

  private void take(Event event) {
    connection.eventRead();
    if (after != null && Position.of(event).compareTo(after) >= 0
        || !where.unmet().matches(event)) {
      return;
    }
    Optional<SearchHit> hit = matcher.hit(event);
    if (hit.isPresent()) {
      hits.add(hit.get());
      if (hits.size() > most) {
        hits.poll();
      }
    }
  }

  private void readWaiting() throws SQLException {
    long indexedTo = SegmentTable.indexedTo(connection);
    boolean few = waiting(connection) <= FEW;
    List<Object> arguments = new ArrayList<>(where.arguments());
    arguments.add(indexedTo);
    String sql =
        "SELECT "
            + EventRows.COLUMNS
            + " FROM event_rows"
            + " WHERE "
            + where.sql()
            + (few ? " AND id > ?" : " AND +id > ? ORDER BY timestamp DESC");
    try (ResultSet rows = connection.query(sql, arguments.toArray())) {
      while (rows.next()) {
        Event event = EventRows.event(rows, 1, connection);
        if (!few && event.micros() < enoughFrom()) {
          return;
        }
        take(event);
      }
    }
  }

  private void readSegments() throws SQLException {
    for (SegmentTable.Entry entry : SegmentTable.newestFirst(connection)) {
      if (entry.until() < enoughFrom()) {
        return;
      }
      if (entry.since() < needed.until() && entry.until() >= needed.since()) {
        read(entry);
      }
    }
  }

  private void read(SegmentTable.Entry entry) throws SQLException {
    SegmentReader segment = new SegmentReader(entry, connection);
    RowSet left = needed.in(segment, entry.rows());
    int size = hits.size() < most ? (int) Math.min(MOST_READ, Math.max(FIRST_READ, most)) : A_LOOK;
    int rank = entry.rows();
    while (true) {
      List<Long> ids = new ArrayList<>();
      for (rank = left.before(rank); rank >= 0; rank = left.before(rank)) {
        ids.add(segment.id(rank));
        if (ids.size() == size) {
          break;
        }
      }
      if (ids.isEmpty() || read(ids) < enoughFrom() || rank < 0) {
        return;
      }
      size = Math.min(MOST_READ, 2 * size);
    }
  }

  /** Answers the time of the oldest row that was read; of none the greatest there is. */
  private long read(List<Long> ids) throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT ").append(EventRows.COLUMNS);
    sql.append(" FROM event_rows WHERE ")
        .append(where.sql())
        .append(" AND id IN (SELECT value FROM json_each(?))");
    List<Object> arguments = new ArrayList<>(where.arguments());
    arguments.add(ids.toString());
    long oldest = Long.MAX_VALUE;
    try (ResultSet rows = connection.query(sql.toString(), arguments.toArray())) {
      while (rows.next()) {
        Event event = EventRows.event(rows, 1, connection);
        oldest = Math.min(oldest, event.micros());
        take(event);
      }
    }
    return oldest;
  }
}
