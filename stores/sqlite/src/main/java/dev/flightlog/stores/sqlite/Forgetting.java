package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.store.Tombstones;
import dev.flightlog.stores.sqlite.rollups.CellQuery;
import dev.flightlog.stores.sqlite.rollups.HeldSums;
import dev.flightlog.stores.sqlite.search.SearchIndexer;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.NumberedFields;
import dev.flightlog.stores.sqlite.sql.SqlFilter;
import dev.flightlog.stores.sqlite.sql.TextNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * Removes events and all that tells of them in this file. What is deleted is overwritten with
 * zeros. Within a transaction.
 */
final class Forgetting {
  private static final Measure COUNT = Measure.count();

  private final DatabaseConnection connection;
  private final HeldSums sums;
  private final TombstoneTable tombs;
  private final SearchIndexer search;
  private final TextNumbers texts;
  private final Set<String> sessions = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  Forgetting(
      DatabaseConnection connection,
      HeldSums sums,
      TombstoneTable tombs,
      SearchIndexer search,
      TextNumbers texts) {
    this.search = search;
    this.connection = connection;
    this.sums = sums;
    this.tombs = tombs;
    this.texts = texts;
  }

  Forgotten run(Filter filter, long last) throws SQLException {
    Set<String> events = ids("event_rows", filter);
    Set<String> waiting = ids("set_aside", filter);
    Set<Long> segments = search.of(rows(events));
    delete("event_rows", events);
    delete("set_aside", waiting);
    Tombstones named = Tombstones.namedBy(filter);
    tombs.add(
        named.and(new Tombstones(events, Set.of())).and(new Tombstones(waiting, Set.of())), last);
    sums.repairNow();
    search.rebuild(segments, Arrivals.last(connection));
    for (String session : sessions) {
      connection.update(
          "DELETE FROM sessions WHERE session_id = ?1"
              + " AND NOT EXISTS (SELECT 1 FROM event_rows WHERE session_id = sessions.id)"
              + " AND NOT EXISTS (SELECT 1 FROM set_aside WHERE session_id = sessions.id)",
          session);
    }
    names.removeAll(namesInUse());
    for (String name : names) {
      connection.update(
          "DELETE FROM names WHERE name = ?1"
              + " AND NOT EXISTS (SELECT 1 FROM event_rows WHERE workflow_id = names.id)",
          name);
    }
    texts.reload();
    return new Forgotten(events.size(), waiting.size());
  }

  /** Those that sums and waiting parts name; rows of a workflow have an index of their own. */
  private Set<String> namesInUse() throws SQLException {
    Set<String> used = new HashSet<>();
    for (Field field : NumberedFields.all()) {
      if (field == Field.SESSION_ID || names.isEmpty()) {
        continue;
      }
      if (field != Field.WORKFLOW_ID) {
        for (Row row :
            CellQuery.run(Aggregate.of(Filter.EVERYTHING, COUNT).by(field), connection)) {
          String name = row.text(0);
          if (name != null) {
            used.add(name);
          }
        }
      }
      try (ResultSet rows =
          connection.query("SELECT DISTINCT " + field.column() + " FROM set_aside")) {
        while (rows.next()) {
          String name = connection.textOf(field, rows.getLong(1));
          if (name != null) {
            used.add(name);
          }
        }
      }
    }
    return used;
  }

  private Set<String> ids(String table, Filter filter) throws SQLException {
    SqlFilter where = SqlFilter.of(filter);
    Set<String> ids = new HashSet<>();
    try (ResultSet rows =
        connection.query(
            "SELECT " + EventRows.COLUMNS + " FROM " + table + " WHERE " + where.sql(),
            where.arguments().toArray())) {
      while (rows.next()) {
        Event event = EventRows.event(rows, 1, connection);
        if (!where.unmet().matches(event)) {
          continue;
        }
        ids.add(event.id());
        for (Field field : NumberedFields.all()) {
          String text = event.text(field);
          if (text != null) {
            (field == Field.SESSION_ID ? sessions : names).add(text);
          }
        }
        if (table.equals("event_rows")) {
          sums.changed(event.micros());
        }
      }
    }
    return ids;
  }

  private Set<Long> rows(Set<String> ids) throws SQLException {
    Set<Long> rows = new HashSet<>();
    for (String id : ids) {
      rows.add(connection.number("SELECT id FROM event_rows WHERE event_id = ?", id));
    }
    return rows;
  }

  private void delete(String table, Set<String> ids) throws SQLException {
    for (String id : ids) {
      connection.update("DELETE FROM " + table + " WHERE event_id = ?", id);
    }
  }
}
