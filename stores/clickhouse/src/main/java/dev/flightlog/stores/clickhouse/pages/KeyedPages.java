package dev.flightlog.stores.clickhouse.pages;

import dev.flightlog.event.Event;
import dev.flightlog.store.Position;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Some events in order, without reading the others. {@code FINAL} reads a table to its end before
 * anything can be put in order; so the keys come first, of rows that may have been replaced, in the
 * order in which they lie, until there are enough; then what is kept now at these. Stateless;
 * blocks.
 *
 * @param events the table
 */
public record KeyedPages(ServerConnection connection, String events, Duration patience) {

  /**
   * A page.
   *
   * @param found what matches, in order; may be less than asked for when something was replaced
   * @param last behind which the next page begins; null when there is none
   */
  public record Page(List<Event> found, @Nullable Position last) {}

  /**
   * Reads about so many events.
   *
   * @param rough what every row of an event has that is wanted, in SQL
   * @param where the condition, in SQL
   * @param oldestFirst the order
   * @param after go on behind this place
   */
  public Page page(
      String rough, String where, boolean oldestFirst, @Nullable Position after, long count) {
    String order = oldestFirst ? "micros, event_id" : "micros DESC, event_id DESC";
    String sql =
        "SELECT micros, event_id FROM "
            + events
            + " WHERE aside = 0 AND deleted = 0 AND "
            + rough
            + " AND "
            + where
            + behind(oldestFirst, after)
            + " ORDER BY "
            + order
            + " LIMIT "
            + count
            + " FORMAT RowBinary";
    StringJoiner keys = new StringJoiner(", ", "(", ")");
    Position last = null;
    long read = 0;
    try (RowReader rows = RowReader.of(connection, query(sql))) {
      while (rows.next()) {
        last = new Position(rows.whole(), rows.text());
        keys.add("(" + Literals.whole(last.micros()) + ", " + Literals.text(last.id()) + ")");
        read++;
      }
    }
    if (last == null) {
      return new Page(List.of(), null);
    }
    String kept =
        "SELECT "
            + EventRow.columns()
            + " FROM "
            + events
            + " FINAL WHERE aside = 0 AND (micros, event_id) IN "
            + keys
            + " AND "
            + where
            + " ORDER BY "
            + order
            + " FORMAT RowBinary";
    List<Event> found = new ArrayList<>();
    try (RowReader rows = RowReader.of(connection, query(kept))) {
      while (rows.next()) {
        found.add(EventRow.read(rows));
      }
    }
    return new Page(found, read < count ? null : last);
  }

  private static String behind(boolean oldestFirst, @Nullable Position after) {
    if (after == null) {
      return "";
    }
    String micros = Literals.whole(after.micros());
    return " AND micros "
        + (oldestFirst ? ">= " : "<= ")
        + micros
        + " AND (micros, event_id) "
        + (oldestFirst ? "> (" : "< (")
        + micros
        + ", "
        + Literals.text(after.id())
        + ")";
  }

  private Query query(String sql) {
    return ReadingQuery.of(sql, patience);
  }
}
