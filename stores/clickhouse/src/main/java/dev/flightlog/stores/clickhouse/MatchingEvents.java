package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import dev.flightlog.store.Filter;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.sql.FilterSql;
import java.util.ArrayList;
import java.util.List;

/** Finds where the events of a filter stand, also those that wait. Stateless; blocks. */
record MatchingEvents(ServerConnection connection, TableNames names) {

  /** Where an event stands. */
  record Found(String id, long micros, boolean aside, long version) {}

  List<Found> of(Filter filter) {
    FilterSql where = FilterSql.of(filter);
    boolean all = where.unmet() instanceof Filter.Everything;
    List<Found> found = new ArrayList<>();
    String sql =
        "SELECT aside, version, "
            + (all ? "event_id, micros" : EventRow.columns())
            + " FROM "
            + names.name("events")
            + " FINAL WHERE "
            + where.sql()
            + " FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
      while (rows.next()) {
        boolean aside = rows.oneByte() != 0;
        long version = rows.whole();
        if (all) {
          found.add(new Found(rows.text(), rows.whole(), aside, version));
          continue;
        }
        Event event = EventRow.read(rows);
        if (where.unmet().matches(event)) {
          found.add(new Found(event.id(), event.micros(), aside, version));
        }
      }
    }
    return found;
  }
}
