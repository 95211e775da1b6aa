package dev.flightlog.lifecycle;

import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.archive.WeekArchive;
import dev.flightlog.store.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * How far a week has gone.
 *
 * @param archive null when it is frozen, or its archive is missing
 * @param released how many of its events have no row in the index any more
 * @param thawed whether its rows were taken back
 */
public record WeekState(Week week, @Nullable WeekArchive archive, long released, boolean thawed) {
  static WeekState of(Week week, @Nullable WeekArchive archive, boolean thawed, EventStore store) {
    return new WeekState(
        week, archive, store.released(week.since(), week.until()).events(), thawed);
  }

  /** warm, thawed, cold or frozen. */
  public String temperature() {
    if (archive == null || archive.own() == 0 && archive.others() < released) {
      return "frozen";
    }
    return released > 0 ? "cold" : thawed ? "thawed" : "warm";
  }
}
