package dev.flightlog.stores.sqlite;

import dev.flightlog.store.Filter;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.ReadRequest.Order;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.SqlFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * A read as SQL.
 *
 * @param arguments what its question marks stand for, in order
 * @param unmet what the caller has to do
 */
record EventSelect(String sql, List<Object> arguments, Filter unmet) {
  static EventSelect of(ReadRequest request) {
    SqlFilter where = SqlFilter.of(request.filter());
    List<Object> arguments = new ArrayList<>(where.arguments());
    StringBuilder sql =
        new StringBuilder("SELECT ")
            .append(EventRows.COLUMNS)
            .append(" FROM event_rows WHERE ")
            .append(where.sql());
    boolean oldestFirst = request.order() == Order.OLDEST_FIRST;
    Position after = request.after();
    if (after != null) {
      sql.append(oldestFirst ? " AND (timestamp, event_id) > " : " AND (timestamp, event_id) < ")
          .append("(?, ?)");
      arguments.add(after.micros());
      arguments.add(after.id());
    }
    sql.append(" ORDER BY timestamp").append(oldestFirst ? ", event_id" : " DESC, event_id DESC");
    if (where.unmet().equals(Filter.EVERYTHING) && request.limit() < Long.MAX_VALUE) {
      sql.append(" LIMIT ?");
      arguments.add(request.limit());
    }
    return new EventSelect(sql.toString(), arguments, where.unmet());
  }
}
