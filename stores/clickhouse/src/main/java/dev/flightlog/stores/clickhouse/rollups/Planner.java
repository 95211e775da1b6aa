package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.Parts.Build;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Finds out what may be taken from sums: what was added up when everything that has arrived until
 * now was there. Coarse lengths first; those into which something came since, or that a time cuts,
 * are taken apart. Stateless; blocks.
 */
record Planner(ServerConnection connection, SumTables tables) {

  /**
   * Of what this time is made.
   *
   * @param coarsest the longest that may be used
   */
  Parts of(long since, long until, Level coarsest) {
    List<Build> builds = new ArrayList<>();
    List<Stretch> rows = new ArrayList<>();
    long arrived = 0;
    List<Stretch> open = since < until ? List.of(new Stretch(since, until)) : List.of();
    Level level = coarsest;
    while (!open.isEmpty()) {
      List<Stretch> finer = new ArrayList<>();
      for (State state : states(level, open)) {
        long end = state.start + level.micros();
        boolean whole = state.start >= since && end <= until;
        if (whole && state.isUsable()) {
          builds.add(new Build(level, state.start, state.build));
        } else {
          Stretch rest = new Stretch(Math.max(state.start, since), Math.min(end, until));
          (level == Level.HOUR ? rows : finer).add(rest);
          arrived += level == Level.HOUR ? state.arrived : 0;
        }
      }
      open = finer;
      level = level == Level.HOUR ? level : level.finer();
    }
    return new Parts(builds, rows, arrived);
  }

  /**
   * How a length of time stands.
   *
   * @param build the last that was made of it; 0 for none
   * @param horizon it has everything that arrived before then
   */
  record State(long start, long arrival, long arrived, long build, long horizon) {
    boolean isUsable() {
      return build != 0 && Long.compareUnsigned(arrival, horizon) < 0;
    }
  }

  /** All lengths of this level into which anything came, within these stretches. */
  List<State> states(Level level, List<Stretch> within) {
    StringJoiner hours = new StringJoiner(" OR ", "(", ")");
    StringJoiner starts = new StringJoiner(" OR ", "(", ")");
    for (Stretch each : within) {
      // The first one may begin before the stretch.
      long first = each.since() == Long.MIN_VALUE ? each.since() : level.startOf(each.since());
      long firstHour =
          each.since() == Long.MIN_VALUE ? each.since() : Level.HOUR.startOf(each.since());
      starts.add(between("start", first, each.until()));
      hours.add(between("hour", firstHour, each.until()));
    }
    String sql =
        "SELECT t.at, t.last, t.count, b.of, b.up_to FROM (SELECT "
            + level.startOf("hour")
            + " AS at, max(arrival) AS last, sum(arrived) AS count FROM "
            + tables.touched()
            + " WHERE "
            + hours
            + " GROUP BY at) AS t LEFT JOIN (SELECT start, argMax(build, (horizon, build)) AS of,"
            + " max(horizon) AS up_to FROM "
            + tables.built()
            + " WHERE level = "
            + level.ordinal()
            + " AND "
            + starts
            + " GROUP BY start) AS b ON t.at = b.start ORDER BY t.at FORMAT RowBinary";
    Query query = ReadingQuery.of(sql, Query.PATIENCE).with("skip_unavailable_shards", "1");
    List<State> states = new ArrayList<>();
    try (RowReader rows = RowReader.of(connection, query)) {
      while (rows.next()) {
        states.add(new State(rows.whole(), rows.whole(), rows.whole(), rows.whole(), rows.whole()));
      }
    }
    return states;
  }

  private static String between(String column, long since, long until) {
    String from = column + " >= " + Literals.whole(since);
    return until == Long.MAX_VALUE
        ? from
        : "(" + from + " AND " + column + " < " + Literals.whole(until) + ")";
  }
}
