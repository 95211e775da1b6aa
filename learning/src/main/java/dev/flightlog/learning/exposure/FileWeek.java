package dev.flightlog.learning.exposure;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * One week of one project: what is drawn where a rule on trial stands in a file, for everybody who
 * works in a project reads the same file. Weeks are those of ISO 8601, in UTC. Immutable.
 *
 * @param week such as 2026-W48
 */
public record FileWeek(String project, String week, Instant begins) {
  private static final int DAYS = 7;

  /** The one in which this moment lies. */
  public static FileWeek of(String project, Instant moment) {
    LocalDate day = moment.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return new FileWeek(
        project,
        String.format(
            Locale.ROOT,
            "%d-W%02d",
            monday.get(IsoFields.WEEK_BASED_YEAR),
            monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
        monday.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** By this name it is drawn and counted. */
  public String unit() {
    return project + " " + week;
  }

  public Instant ends() {
    return begins.plusSeconds(DAYS * 86_400L);
  }

  /** Whether the text of the trial stands in the project's file in this week. */
  public boolean isExposed(Trial trial) {
    return trial.hasKey() && trial.arms().exposed(unit());
  }
}
