package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Tombstones;
import dev.flightlog.stores.sqlite.rollups.HeldSums;
import dev.flightlog.stores.sqlite.search.SearchIndexer;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.SqlFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * Removes events and all that tells of them in this file. What is deleted is overwritten with
 * zeros. Within a transaction.
 */
final class Forgetting {
  private final DatabaseConnection connection;
  private final HeldSums sums;
  private final TombstoneTable tombs;
  private final SearchIndexer search;

  Forgetting(
      DatabaseConnection connection, HeldSums sums, TombstoneTable tombs, SearchIndexer search) {
    this.search = search;
    this.connection = connection;
    this.sums = sums;
    this.tombs = tombs;
  }

  Forgotten run(Filter filter, long last) throws SQLException {
    Set<String> sessions = new HashSet<>();
    Set<String> events = ids("events", filter, sessions);
    Set<String> waiting = ids("set_aside", filter, new HashSet<>());
    Set<Long> segments = search.of(rows(events));
    delete("events", events);
    delete("set_aside", waiting);
    Tombstones named = Tombstones.namedBy(filter);
    tombs.add(
        named.and(new Tombstones(events, Set.of())).and(new Tombstones(waiting, Set.of())), last);
    sums.repairNow();
    search.rebuild(segments, Arrivals.last(connection));
    for (String session : sessions) {
      connection.update(
          "DELETE FROM sessions WHERE session_id = ?1"
              + " AND NOT EXISTS (SELECT 1 FROM events WHERE session_id = ?1)",
          session);
    }
    sums.forgetSessions();
    return new Forgotten(events.size(), waiting.size());
  }

  private Set<String> ids(String table, Filter filter, Set<String> sessions) throws SQLException {
    SqlFilter where = SqlFilter.of(filter);
    Set<String> ids = new HashSet<>();
    try (ResultSet rows =
        connection.query(
            "SELECT " + EventRows.COLUMNS + " FROM " + table + " WHERE " + where.sql(),
            where.arguments().toArray())) {
      while (rows.next()) {
        Event event = EventRows.event(rows, 1);
        if (!where.unmet().matches(event)) {
          continue;
        }
        ids.add(event.id());
        String session = event.text(Field.SESSION_ID);
        if (session != null) {
          sessions.add(session);
        }
        if (table.equals("events")) {
          sums.changed(event.micros());
        }
      }
    }
    return ids;
  }

  private Set<Long> rows(Set<String> ids) throws SQLException {
    Set<Long> rows = new HashSet<>();
    for (String id : ids) {
      rows.add(connection.number("SELECT id FROM events WHERE event_id = ?", id));
    }
    return rows;
  }

  private void delete(String table, Set<String> ids) throws SQLException {
    for (String id : ids) {
      connection.update("DELETE FROM " + table + " WHERE event_id = ?", id);
    }
  }
}
