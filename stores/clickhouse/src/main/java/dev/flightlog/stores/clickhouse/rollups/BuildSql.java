package dev.flightlog.stores.clickhouse.rollups;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements that make builds of lengths of time: of what shorter lengths were added up to, and
 * of the events of the rest.
 *
 * @param kind what is made
 * @param level how long they are
 * @param wholes builds of all dimensions of this very level, to make others of
 * @param parts of what else, for some of these lengths at once
 */
record BuildSql(
    SumTables tables,
    long build,
    BuildKind kind,
    Level level,
    List<Parts.Build> wholes,
    Parts parts) {
  private static final String SUM_COLUMNS = String.join(", ", SumColumns.names(SumColumns.NUMBERS));

  /** All that is made of this kind. */
  List<String> all() {
    List<String> all = new ArrayList<>();
    keys(Cube.OF_SUMS).ifPresent(keys -> all.add(sums(keys)));
    keys(Cube.OF_SESSIONS).ifPresent(keys -> all.add(sessions(keys)));
    keys(Cube.OF_RANKS).ifPresent(keys -> all.add(ranks(keys)));
    return all;
  }

  private Optional<CubeKeys> keys(List<Cube> cubes) {
    List<Cube> made = Cube.of(cubes, kind);
    return made.isEmpty() ? Optional.empty() : Optional.of(CubeKeys.of(made));
  }

  private String events() {
    return "(SELECT *, "
        + level.startOf("micros")
        + " AS start_ FROM "
        + tables.events()
        + " FINAL WHERE aside = 0 AND "
        + parts.rows()
        + ")";
  }

  /** Events become cells of all dimensions, and these the cells of each cube. */
  private String sums(CubeKeys keys) {
    Cube all = keys.all();
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
            + events()
            + " GROUP BY start_, "
            + all.keys()
            + ", present_))";
    return joined(
        tables.cells(),
        Cube.OF_SUMS,
        keys,
        SUM_COLUMNS,
        SUM_COLUMNS,
        cells,
        SumColumns.ofCells(),
        "");
  }

  private String ranks(CubeKeys keys) {
    String durations =
        "(SELECT start_, "
            + keys.all().keys()
            + ", present, duration_ms FROM "
            + events()
            + " WHERE isNotNull(duration_ms))";
    return joined(
        tables.ranks(),
        Cube.OF_RANKS,
        keys,
        "occurred",
        "toUInt64(1) AS occurred",
        durations,
        "sum(occurred)",
        "duration_ms");
  }

  private String sessions(CubeKeys keys) {
    Cube all = keys.all();
    String known =
        "(SELECT start_, "
            + all.keys()
            + ", present_ AS present, "
            + SumColumns.sessionsOfEvents()
            + " AS sessions FROM (SELECT *, "
            + all.present()
            + " AS present_ FROM "
            + events()
            + ") WHERE isNotNull(session_id) GROUP BY start_, "
            + all.keys()
            + ", present_)";
    return joined(
        tables.sessions(),
        Cube.OF_SESSIONS,
        keys,
        "sessions",
        "sessions",
        known,
        "groupUniqArrayArray(sessions)",
        "");
  }

  /**
   * Adds up what is kept of shorter lengths, and the rest.
   *
   * @param cubes all of the table
   * @param columns what is kept
   * @param selected the same of the rest
   * @param rest rows with all dimensions, each to be taken once for each cube
   * @param number a column that tells rows apart besides, which is a number; empty for none
   */
  private String joined(
      String table,
      List<Cube> cubes,
      CubeKeys keys,
      String columns,
      String selected,
      String rest,
      String made,
      String number) {
    String named = number.isEmpty() ? "" : ", " + number;
    List<String> from = new ArrayList<>();
    if (!parts.builds().isEmpty()) {
      from.add(
          "SELECT "
              + level.startOf("start")
              + " AS start_, "
              + keys.kept()
              + (number.isEmpty() ? "" : ", " + number + " AS number_")
              + ", "
              + columns
              + " FROM "
              + table
              + " WHERE "
              + keys.condition()
              + " AND "
              + parts.cells());
    }
    if (!wholes.isEmpty()) {
      Cube all = keys.all();
      from.add(
          "SELECT start_, "
              + keys.selected()
              + ", "
              + columns
              + " FROM (SELECT start AS start_, "
              + all.keys()
              + ", present, "
              + columns
              + " FROM "
              + table
              + " WHERE cube = "
              + cubes.getLast().number()
              + " AND "
              + new Parts(wholes, List.of(), 0).cells()
              + ")"
              + keys.join());
    }
    if (!parts.events().isEmpty() || from.isEmpty()) {
      from.add(
          "SELECT start_, "
              + keys.selected()
              + (number.isEmpty() ? "" : ", assumeNotNull(" + number + ") AS number_")
              + ", "
              + selected
              + " FROM "
              + rest
              + keys.join());
    }
    return "INSERT INTO "
        + table
        + " (level, start, build, "
        + keys.columns()
        + named
        + ", "
        + columns
        + ") SELECT "
        + level.ordinal()
        + ", start_, "
        + build
        + ", "
        + keys.grouped()
        + (number.isEmpty() ? "" : ", number_")
        + ", "
        + made
        + " FROM ("
        + String.join(" UNION ALL ", from)
        + ") GROUP BY start_, "
        + keys.grouped()
        + (number.isEmpty() ? "" : ", number_");
  }
}
