package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.rollups.Parts.Build;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import java.util.List;

/** The statements that make builds: of hours from events, of longer times from shorter ones. */
record BuildSql(SumTables tables, long build) {
  private static final CubeKeys SUMS = new CubeKeys(Cube.OF_SUMS);
  private static final CubeKeys RANKS = new CubeKeys(Cube.OF_RANKS);
  private static final CubeKeys SESSIONS = new CubeKeys(Cube.OF_SESSIONS);
  private static final String SUM_COLUMNS = String.join(", ", SumColumns.names(SumColumns.NUMBERS));

  /** Adds up these hours. */
  List<String> ofEvents(List<Stretch> hours) {
    String events =
        "(SELECT *, "
            + Level.HOUR.startOf("micros")
            + " AS start_ FROM "
            + tables.events()
            + " FINAL WHERE aside = 0 AND "
            + new Parts(List.of(), hours, 0).rows()
            + ")";
    return List.of(sums(events), ranks(events), sessions(events), words(events));
  }

  /** Events become cells of all dimensions, and these the cells of each cube. */
  private String sums(String events) {
    Cube all = Cube.OF_SUMS.getLast();
    StringBuilder made = new StringBuilder();
    for (String name : SumColumns.names(SumColumns.NUMBERS)) {
      made.append(", ").append(name).append("_ AS ").append(name);
    }
    String cells =
        "(SELECT start_, "
            + all.keys()
            + ", present_ AS present"
            + made
            + " FROM (SELECT start_, "
            + all.keys()
            + ", "
            + all.present()
            + " AS present_, "
            + SumColumns.ofEvents(SumColumns.NUMBERS)
            + " FROM "
            + events
            + " GROUP BY start_, "
            + all.keys()
            + ", present_))";
    return insert(
        tables.cells(),
        SUMS.columns() + ", " + SUM_COLUMNS,
        SUMS.selected() + ", " + SumColumns.ofCells(),
        cells + SUMS.join(),
        SUMS.grouped());
  }

  private String ranks(String events) {
    String durations =
        "(SELECT start_, "
            + Cube.OF_RANKS.getLast().keys()
            + ", present, duration_ms FROM "
            + events
            + " WHERE isNotNull(duration_ms))";
    return insert(
        tables.ranks(),
        RANKS.columns() + ", duration_ms, occurred",
        RANKS.selected() + ", assumeNotNull(duration_ms) AS duration_, count()",
        durations + RANKS.join(),
        RANKS.grouped() + ", duration_");
  }

  private String sessions(String events) {
    String known =
        "(SELECT start_, session_id, "
            + Cube.OF_SESSIONS.getLast().keys()
            + ", present FROM "
            + events
            + " WHERE isNotNull(session_id))";
    return insert(
        tables.sessions(),
        SESSIONS.columns() + ", sessions",
        SESSIONS.selected() + ", " + SumColumns.sessionsOfEvents(),
        known + SESSIONS.join(),
        SESSIONS.grouped());
  }

  private String words(String events) {
    return "INSERT INTO "
        + tables.words()
        + " (word, start, parts, build)"
        + " SELECT word, start_, groupBitOr(bitShiftLeft(toUInt64(1), part)), "
        + build
        + " FROM ("
        + WordSql.words(events)
        + ") GROUP BY word, start_";
  }

  private String insert(String table, String columns, String selected, String from, String by) {
    return "INSERT INTO "
        + table
        + " (level, start, build, "
        + columns
        + ") SELECT 0, start_, "
        + build
        + ", "
        + selected
        + " FROM "
        + from
        + " GROUP BY start_, "
        + by;
  }

  /** Makes lengths of this level of these parts. */
  List<String> ofParts(Level level, List<Build> parts) {
    String cells = new Parts(parts, List.of(), 0).cells();
    return List.of(
        joined(level, tables.cells(), cells, SUMS.columns(), SUM_COLUMNS, SumColumns.ofCells()),
        joined(
            level,
            tables.ranks(),
            cells,
            RANKS.columns() + ", duration_ms",
            "occurred",
            "sum(occurred)"),
        joined(
            level,
            tables.sessions(),
            cells,
            SESSIONS.columns(),
            "sessions",
            "groupUniqArrayArray(sessions)"));
  }

  private String joined(
      Level level, String table, String cells, String keys, String columns, String made) {
    return "INSERT INTO "
        + table
        + " (level, start, build, "
        + keys
        + ", "
        + columns
        + ") SELECT "
        + level.ordinal()
        + ", start_, "
        + build
        + ", "
        + keys
        + ", "
        + made
        + " FROM (SELECT *, "
        + level.startOf("start")
        + " AS start_ FROM "
        + table
        + " WHERE "
        + cells
        + ") GROUP BY start_, "
        + keys;
  }
}
