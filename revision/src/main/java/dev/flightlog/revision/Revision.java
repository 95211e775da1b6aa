package dev.flightlog.revision;

import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.revision.report.Phase;
import dev.flightlog.revision.report.Reports;
import dev.flightlog.revision.report.RevisionReport;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Revises a week: patterns, insights, rules, instruction file, archive. What a phase found is kept
 * when it ends, so that a revision that was killed goes on with the next phase, and one that is
 * complete is only read. For one thread; blocks.
 */
public final class Revision {
  private final Map<Phase, Step> steps;
  private final Reports reports;

  /**
   * @param steps one for each phase
   */
  public Revision(Map<Phase, Step> steps, Reports reports) {
    this.steps = new EnumMap<>(steps);
    this.reports = reports;
    for (Phase phase : Phase.values()) {
      if (!steps.containsKey(phase)) {
        throw new IllegalArgumentException("there is no step for " + phase.wireName());
      }
    }
  }

  /** Where the reports are. */
  public Reports reports() {
    return reports;
  }

  /**
   * Does what is not done yet of a week.
   *
   * @param dry only look: nothing is written, and what an earlier revision found is not used
   * @throws IOException when something cannot be read or written; what was done is kept
   */
  public RevisionReport run(Week week, boolean dry) throws IOException {
    RevisionReport report =
        dry
            ? RevisionReport.begun(week)
            : reports.find(week).orElseGet(() -> RevisionReport.begun(week));
    for (Map.Entry<Phase, Step> each : steps.entrySet()) {
      if (report.phases().containsKey(each.getKey())) {
        continue;
      }
      long begin = System.nanoTime();
      var findings = each.getValue().run(week, dry);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      report = report.with(each.getKey(), new RevisionReport.Done(millis, findings));
      if (!dry) {
        reports.keep(report);
      }
    }
    return report;
  }
}
