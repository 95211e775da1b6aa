package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.store.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a question is answered from, as subqueries: what is kept of builds, and of the rest of its
 * time the same made of events on the way, under the same names.
 *
 * @param filter the condition besides the time, in SQL
 */
record SumSource(SumTables tables, Parts parts, String filter) {

  /** Cells, with what is kept of these numbers. */
  String cells(Cube cube, List<Attribute> numbers) {
    StringJoiner made = new StringJoiner(", ");
    SumColumns.names(numbers).forEach(name -> made.add(name + "_ AS " + name));
    return joined(
        tables.cells(),
        cube,
        "present, " + String.join(", ", SumColumns.names(numbers)),
        "present_ AS present, " + made,
        "(SELECT hour_, "
            + cube.keys()
            + ", present_, "
            + SumColumns.ofEvents(numbers)
            + " FROM "
            + events(cube, "1")
            + grouped(cube)
            + ")");
  }

  /** How often each duration occurred. */
  String ranks(Cube cube) {
    return joined(
        tables.ranks(),
        cube,
        "present, duration_ms, occurred",
        "present_ AS present, assumeNotNull(duration_ms) AS duration_ms, toUInt64(1) AS occurred",
        events(cube, "isNotNull(duration_ms)"));
  }

  /** The sessions that were there. */
  String sessions(Cube cube) {
    return joined(
        tables.sessions(),
        cube,
        "present, sessions",
        "present_ AS present, sessions",
        "(SELECT hour_, "
            + cube.keys()
            + ", present_, "
            + SumColumns.sessionsOfEvents()
            + " AS sessions FROM "
            + events(cube, "isNotNull(session_id)")
            + grouped(cube)
            + ")");
  }

  private static String grouped(Cube cube) {
    return " GROUP BY hour_, " + cube.keys() + ", present_";
  }

  private String joined(String table, Cube cube, String columns, String made, String events) {
    List<String> from = new ArrayList<>();
    if (!parts.builds().isEmpty()) {
      from.add(
          "SELECT start AS micros, "
              + cube.keys()
              + ", "
              + columns
              + " FROM "
              + table
              + " WHERE cube = "
              + cube.number()
              + " AND "
              + parts.cells()
              + " AND "
              + filter);
    }
    if (!parts.events().isEmpty() || from.isEmpty()) {
      from.add("SELECT hour_ AS micros, " + cube.keys() + ", " + made + " FROM " + events);
    }
    return "(" + String.join(" UNION ALL ", from) + ")";
  }

  /** Events, with their hour and what they have of other types. */
  private String events(Cube cube, String condition) {
    return "(SELECT *, "
        + Level.HOUR.startOf("micros")
        + " AS hour_, "
        + cube.present()
        + " AS present_ FROM "
        + tables.events()
        + " FINAL WHERE aside = 0 AND "
        + condition
        + " AND "
        + parts.rows()
        + " AND "
        + filter
        + ")";
  }
}
