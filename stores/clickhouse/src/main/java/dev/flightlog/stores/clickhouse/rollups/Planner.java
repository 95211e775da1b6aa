package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.BuildStates.State;
import dev.flightlog.stores.clickhouse.rollups.Parts.Build;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    if (since >= until) {
      return new Parts(builds, rows, arrived);
    }
    BuildStates all = BuildStates.of(connection, tables, new Stretch(since, until));
    Set<Long> taken = new HashSet<>();
    for (int ordinal = coarsest.ordinal(); ordinal >= 0; ordinal--) {
      Level level = Level.values()[ordinal];
      Set<Long> coarser = taken;
      taken = new HashSet<>();
      for (State state : all.states(level)) {
        long end = state.start() + level.micros();
        if (level != coarsest && coarser.contains(level.coarser().startOf(state.start()))) {
          taken.add(state.start());
        } else if (state.start() >= since && end <= until && state.isUsable()) {
          builds.add(new Build(level, state.start(), state.build()));
          taken.add(state.start());
        } else if (level == Level.HOUR && !state.isExpired()) {
          rows.add(new Stretch(Math.max(state.start(), since), Math.min(end, until)));
          arrived += state.arrived();
        }
      }
    }
    return new Parts(builds, rows, arrived);
  }
}
