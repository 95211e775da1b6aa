package dev.flightlog.alerts.rules;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tool calls of a project fail more often in the last one to two hours than in its two weeks
 * before, by more than chance explains. Hours differ among themselves more than independent calls
 * would; how much more is taken from the hours of the past (the dispersion of a binomial count), so
 * that a project which has bad hours now and then is not told of for one of them. Reads sums.
 */
public final class ErrorRate implements Rule {
  /** So many deviations are beyond chance, though it is looked at all day: one in 30,000. */
  private static final double BEYOND_CHANCE = 4;

  /** As long as it is so many deviations off, it is not over. */
  private static final double STILL = 2;

  private static final int LEAST_NOW = 20;
  private static final int LEAST_BEFORE = 200;
  private static final int LEAST_HOURS = 12;

  /** A rise that is smaller than that is not worth a message, however sure it is. */
  private static final double LEAST_RISE = 0.05;

  private static final double LEAST_FACTOR = 1.5;

  private static final Dimension HOURS = Dimension.by(Span.HOUR);
  private static final List<Dimension> BY = List.of(HOURS, Events.BY_PROJECT);
  private static final List<Measure> MEASURES = List.of(Measures.RESULTS, Measures.FAILED);

  private record Hour(long results, long failed) {}

  private static final class Past {
    final List<Hour> hours = new ArrayList<>();
    long results;
    long failed;
    long resultsNow;
    long failedNow;

    /** How far the rate of now lies above that of before, in standard deviations. */
    double deviations() {
      // As if one more call had failed and one more worked, so that no rate is 0.
      double rate = (failed + 1.0) / (results + 2.0);
      double spread = 0;
      for (Hour hour : hours) {
        double expected = hour.results * rate;
        double off = hour.failed - expected;
        spread += off * off / (expected * (1 - rate));
      }
      double dispersion = Math.max(1, spread / Math.max(1, hours.size() - 1));
      double ofNow = resultsNow * rate * (1 - rate) * dispersion;
      double ofBefore = ofNow * resultsNow / (results + 2.0);
      return (failedNow - resultsNow * rate) / Math.sqrt(ofNow + ofBefore);
    }
  }

  @Override
  public String name() {
    return "error_rate";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(5);
  }

  @Override
  public List<Condition> look(Moment moment) {
    long hour = Span.HOUR.startOf(moment.now());
    long recent = hour - Moment.HOUR;
    Aggregate asked =
        new Aggregate(
            Filter.and(Events.TOOL_CALLS, Filter.since(hour - 14 * Moment.DAY)),
            BY,
            MEASURES,
            -1,
            Integer.MAX_VALUE,
            ReadRequest.PATIENCE);
    Map<String, Past> projects = new TreeMap<>();
    for (Row row : moment.store().aggregate(asked)) {
      Group group = new Group(BY, MEASURES, row);
      String project = group.text(Events.BY_PROJECT);
      Past past = projects.computeIfAbsent(project == null ? "" : project, _ -> new Past());
      Hour each = new Hour(group.count(Measures.RESULTS), group.count(Measures.FAILED));
      if (group.start(HOURS) >= recent) {
        past.resultsNow += each.results;
        past.failedNow += each.failed;
      } else if (each.results > 0) {
        past.hours.add(each);
        past.results += each.results;
        past.failed += each.failed;
      }
    }
    List<Condition> found = new ArrayList<>();
    projects.forEach((project, past) -> {
      Condition condition = condition(project, past);
      boolean known = moment.firing().test(condition.key());
      if (isHigh(past, known)) {
        found.add(condition);
      }
    });
    return found;
  }

  private static boolean isHigh(Past past, boolean known) {
    if (past.resultsNow < LEAST_NOW
        || past.results < LEAST_BEFORE
        || past.hours.size() < LEAST_HOURS) {
      return false;
    }
    double now = (double) past.failedNow / past.resultsNow;
    double before = (double) past.failed / past.results;
    double deviations = past.deviations();
    return known
        ? deviations > STILL
        : deviations > BEYOND_CHANCE && now - before >= LEAST_RISE && now >= before * LEAST_FACTOR;
  }

  private static Condition condition(String project, Past past) {
    String where = project.isEmpty() ? "" : " in " + SafeText.shortened(project, 60);
    return new Condition(
        "error_rate",
        project,
        Severity.WARNING,
        "tool calls fail more often than usual" + where,
        Units.share((double) past.failedNow / Math.max(1, past.resultsNow))
            + " of "
            + Units.count(past.resultsNow, "call")
            + " in the last two hours, "
            + Units.share((double) past.failed / Math.max(1, past.results))
            + " in the two weeks before; which: flightlog ask errors --since 2h");
  }
}
