package dev.flightlog.stores.sqlite.search;

import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The tables {@code search_segments} and {@code search_chunks}. Within a transaction. */
final class SegmentTable {
  private SegmentTable() {}

  /**
   * A segment without its words.
   *
   * @param since the time of its oldest row
   * @param until that of its newest
   * @param chunk the number of its first chunk
   */
  record Entry(long id, long first, long last, int rows, long since, long until, long chunk) {}

  /** All, those with the newest rows first. */
  static List<Entry> newestFirst(DatabaseConnection connection) throws SQLException {
    return all("until DESC, id DESC", connection);
  }

  /** All, those with the greatest row numbers first. */
  static List<Entry> lastFirst(DatabaseConnection connection) throws SQLException {
    return all("last DESC", connection);
  }

  private static List<Entry> all(String order, DatabaseConnection connection) throws SQLException {
    List<Entry> all = new ArrayList<>();
    try (ResultSet found =
        connection.query(
            "SELECT id, first, last, rows, since, until, chunk FROM search_segments ORDER BY "
                + order)) {
      while (found.next()) {
        all.add(
            new Entry(
                found.getLong(1),
                found.getLong(2),
                found.getLong(3),
                found.getInt(4),
                found.getLong(5),
                found.getLong(6),
                found.getLong(7)));
      }
    }
    return all;
  }

  /** The last row number in a segment: all rows up to it are in one. */
  static long indexedTo(DatabaseConnection connection) throws SQLException {
    return connection.number("SELECT max(last) FROM search_segments");
  }

  static void add(Segment segment, DatabaseConnection connection) throws SQLException {
    long chunk = connection.number("SELECT max(id) FROM search_chunks") + 1;
    connection.update(
        "INSERT INTO search_segments (first, last, rows, since, until, bytes, chunks, chunk, ids, times, starts)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        segment.first(),
        segment.last(),
        segment.rows(),
        segment.since(),
        segment.until(),
        segment.bytes(),
        segment.chunks().size(),
        chunk,
        segment.ids(),
        segment.times(),
        segment.starts());
    for (byte[] words : segment.chunks()) {
      connection.update("INSERT INTO search_chunks (id, words) VALUES (?, ?)", chunk++, words);
    }
  }

  static void remove(long segment, DatabaseConnection connection) throws SQLException {
    connection.update(
        "DELETE FROM search_chunks WHERE id >= (SELECT chunk FROM search_segments WHERE id = ?1)"
            + " AND id < (SELECT chunk + chunks FROM search_segments WHERE id = ?1)",
        segment);
    connection.update("DELETE FROM search_segments WHERE id = ?", segment);
  }

  /** A blob of a segment's row: {@code ids}, {@code times} or {@code starts}. */
  static byte[] blob(String column, long segment, DatabaseConnection connection)
      throws SQLException {
    return bytes("SELECT " + column + " FROM search_segments WHERE id = ?", segment, connection);
  }

  static byte[] chunk(long id, DatabaseConnection connection) throws SQLException {
    return bytes("SELECT words FROM search_chunks WHERE id = ?", id, connection);
  }

  private static byte[] bytes(String sql, long id, DatabaseConnection connection)
      throws SQLException {
    try (ResultSet found = connection.query(sql, id)) {
      byte[] bytes = found.next() ? found.getBytes(1) : null;
      return bytes == null ? new byte[0] : bytes;
    }
  }
}
