package dev.flightlog.revision.schedule;

import dev.flightlog.lifecycle.archive.Week;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * When weeks are revised: at a time of a day of each week, in a person's zone. A week whose time
 * passed while nothing ran is due still.
 */
public record RevisionSchedule(DayOfWeek day, LocalTime time, ZoneId zone) {
  /** So many missed weeks are caught up. */
  private static final int MOST = 4;

  /**
   * The last week that is over for this schedule: revised on a Sunday night it is the one that ends
   * then, revised on another day the one before.
   */
  public Week last(Instant now) {
    ZonedDateTime moment = now.atZone(zone);
    ZonedDateTime run = moment.with(TemporalAdjusters.previousOrSame(day)).with(time);
    if (run.isAfter(moment)) {
      run = run.minusWeeks(1);
    }
    Week of = Week.of(run.toLocalDate());
    return day == DayOfWeek.SUNDAY ? of : of.previous();
  }

  /** The weeks that are due, oldest first. */
  public List<Week> due(Instant now, Set<Week> done) {
    List<Week> due = new ArrayList<>();
    Week week = last(now);
    for (int i = 0; i < MOST && !done.contains(week); i++) {
      due.addFirst(week);
      if (done.isEmpty()) {
        break;
      }
      week = week.previous();
    }
    return due;
  }
}
