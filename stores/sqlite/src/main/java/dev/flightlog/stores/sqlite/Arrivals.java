package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.store.ArrivalCursor;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.SqlFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The order of arrival. It is the order of the row numbers: the one writer gives them upwards, an
 * event that changes moves to a new one, and what is forgotten leaves its id under one of the same
 * numbers. So it costs nothing to keep. A file made anew has another feed, and so other cursors.
 */
final class Arrivals {
  private Arrivals() {}

  /** The number of the last arrival. */
  static long last(DatabaseConnection connection) throws SQLException {
    return Math.max(
        connection.number("SELECT max(id) FROM event_rows"),
        connection.number("SELECT max(id) FROM forgotten_events"));
  }

  private static String feed(DatabaseConnection connection) throws SQLException {
    return String.valueOf(connection.text("SELECT value FROM store WHERE key = 'feed'"));
  }

  /** Within a transaction. */
  static Cursor latest(DatabaseConnection connection) throws SQLException {
    return new ArrivalCursor(feed(connection), last(connection), 0).cursor();
  }

  /** Within a transaction, so that all is of one moment. */
  static Changes behind(Cursor after, Filter filter, int most, DatabaseConnection connection)
      throws SQLException {
    long last = last(connection);
    ArrivalCursor from = ArrivalCursor.of(after, feed(connection), last);
    if (from == null) {
      return new Changes.Unknown(
          "'" + after + "' is no cursor of this index, which may have been built anew since");
    }
    TreeMap<Long, @Nullable Event> events = events(from.place(), filter, most + 1L, connection);
    TreeMap<Long, @Nullable String> forgotten = forgotten(from, most + 1L, connection);
    TreeMap<Long, Boolean> both = new TreeMap<>();
    events.keySet().forEach(place -> both.put(place, true));
    forgotten.keySet().forEach(place -> both.put(place, false));
    List<Event> page = new ArrayList<>();
    List<Long> at = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    Changes.Places places = event -> from.at(at.get(event)).cursor();
    long next = from.place();
    for (Map.Entry<Long, Boolean> one : both.entrySet()) {
      if (page.size() + gone.size() == most) {
        return new Changes.Page(page, gone, from.at(next).cursor(), true, places);
      }
      next = one.getKey();
      Event event = events.get(next);
      String id = forgotten.get(next);
      if (event != null) {
        page.add(event);
        at.add(next);
      } else if (id != null) {
        gone.add(id);
      }
    }
    return new Changes.Page(page, gone, from.at(last).cursor(), false, places);
  }

  private static TreeMap<Long, @Nullable Event> events(
      long from, Filter filter, long most, DatabaseConnection connection) throws SQLException {
    SqlFilter where = SqlFilter.of(filter);
    List<Object> arguments = new ArrayList<>(where.arguments());
    arguments.add(from);
    TreeMap<Long, @Nullable Event> events = new TreeMap<>();
    try (ResultSet rows =
        connection.query(
            "SELECT "
                + EventRows.COLUMNS
                + ", id FROM event_rows WHERE "
                + where.sql()
                + " AND id > ? ORDER BY id",
            arguments.toArray())) {
      while (events.size() < most && rows.next()) {
        Event event = EventRows.event(rows, 1, connection);
        connection.eventRead();
        if (where.unmet().matches(event)) {
          events.put(rows.getLong(EventRows.COUNT + 1), event);
        }
      }
    }
    return events;
  }

  private static TreeMap<Long, @Nullable String> forgotten(
      ArrivalCursor from, long most, DatabaseConnection connection) throws SQLException {
    TreeMap<Long, @Nullable String> ids = new TreeMap<>();
    try (ResultSet rows =
        connection.query(
            "SELECT id, event_id FROM forgotten_events WHERE id > ? ORDER BY id LIMIT ?",
            Math.max(from.place(), from.begun()),
            most)) {
      while (rows.next()) {
        ids.put(rows.getLong(1), rows.getString(2));
      }
    }
    return ids;
  }
}
