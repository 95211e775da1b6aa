package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.BuildStates.State;
import dev.flightlog.stores.clickhouse.rollups.Parts.Build;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds out what may be taken from sums: what was added up when everything that has arrived until
 * now was there. Coarse lengths first; those into which something came since, or that a time cuts,
 * are taken apart, down to events.
 *
 * @param states how the lengths of time stand
 */
record Planner(BuildStates states) {
  private static final Level[] LEVELS = Level.values();

  /** Asks how they stand in this time; blocks. */
  static Planner of(ServerConnection connection, SumTables tables, long since, long until) {
    return new Planner(
        BuildStates.of(connection, tables, new Stretch(since, Math.max(since, until))));
  }

  /** What a time is made of, as it is found. */
  private static final class Pieces {
    private final List<Build> builds = new ArrayList<>();
    private final List<Stretch> rows = new ArrayList<>();
    private long arrived;

    Parts parts() {
      return new Parts(builds, rows, arrived);
    }
  }

  /** Where pieces belong that begin at a time. */
  @FunctionalInterface
  private interface Places {
    Pieces at(long start);
  }

  /**
   * Whether this kind answers all of the time. Times whose rows were let go before a kind was there
   * have what was made of them then.
   */
  boolean has(BuildKind kind) {
    return states.states(Level.HOUR, kind).stream()
        .noneMatch(hour -> hour.isExpired() && !hour.isUsable());
  }

  /**
   * Of what this time is made.
   *
   * @param kind what is needed of it
   * @param coarsest the longest that may be used
   */
  Parts of(long since, long until, BuildKind kind, Level coarsest) {
    Pieces pieces = new Pieces();
    if (since < until) {
      collect(since, until, kind, coarsest.ordinal(), _ -> pieces);
    }
    return pieces.parts();
  }

  /** Of what each length of this level is made, by its start. */
  Map<Long, Parts> ofEach(Level level, BuildKind kind) {
    Map<Long, Pieces> pieces = new TreeMap<>();
    collect(
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        kind,
        level.ordinal() - 1,
        start -> pieces.computeIfAbsent(level.startOf(start), _ -> new Pieces()));
    Map<Long, Parts> parts = new TreeMap<>();
    pieces.forEach((start, these) -> parts.put(start, these.parts()));
    return parts;
  }

  /**
   * @param coarsest the place of the longest level that may be used; -1 for none
   */
  private void collect(long since, long until, BuildKind kind, int coarsest, Places places) {
    Set<Long> taken = new HashSet<>();
    for (int ordinal = coarsest; ordinal >= 0; ordinal--) {
      Level level = LEVELS[ordinal];
      Set<Long> coarser = taken;
      taken = new HashSet<>();
      for (State state : states.states(level, kind)) {
        long end = state.start() + level.micros();
        if (ordinal != coarsest && coarser.contains(level.coarser().startOf(state.start()))) {
          taken.add(state.start());
        } else if (state.start() >= since && end <= until && state.isUsable()) {
          places.at(state.start()).builds.add(new Build(level, state.start(), state.build()));
          taken.add(state.start());
        }
      }
    }
    for (State hour : states.states(Level.HOUR, kind)) {
      long end = hour.start() + Level.HOUR.micros();
      boolean within = end > since && hour.start() < until;
      if (within && !hour.isExpired() && !taken.contains(hour.start())) {
        Pieces pieces = places.at(hour.start());
        pieces.rows.add(new Stretch(Math.max(hour.start(), since), Math.min(end, until)));
        pieces.arrived += hour.arrived();
      }
    }
  }
}
