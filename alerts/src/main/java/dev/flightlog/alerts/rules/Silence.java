package dev.flightlog.alerts.rules;

import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * No event came for hours in which there used to be some: in the same hours of each of the last
 * seven days, or of this day of the week in each of the last four weeks. Or something cannot be
 * taken in, for ten minutes or more. Reads sums.
 */
public final class Silence implements Rule {
  private static final long PATIENCE = 10 * Moment.MINUTE;
  private static final Dimension HOURS = Dimension.by(Span.HOUR);
  private static final List<Dimension> BY = List.of(HOURS);
  private static final List<Measure> MEASURES = List.of(Measures.EVENTS, Measures.LAST);
  private static final int DAYS = 7;
  private static final int WEEKS = 4;

  private final Supplier<String> complaint;
  private long complainedSince = Long.MAX_VALUE;

  /**
   * @param complaint what cannot be taken in now; empty when all can
   */
  public Silence(Supplier<String> complaint) {
    this.complaint = complaint;
  }

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public List<Condition> look(Moment moment) {
    List<Condition> found = new ArrayList<>();
    String now = complaint.get();
    complainedSince = now.isEmpty() ? Long.MAX_VALUE : Math.min(complainedSince, moment.now());
    if (!now.isEmpty() && moment.now() - complainedSince >= PATIENCE) {
      found.add(
          new Condition(
              "pipeline",
              "import",
              Severity.CRITICAL,
              "what is recorded cannot be taken in",
              Texts.line(now, 300) + "; to look at everything: flightlog doctor"));
    }
    int hours = moment.limits().silentHours();
    if (hours > 0) {
      silent(moment, hours, found);
    }
    return found;
  }

  private static void silent(Moment moment, int hours, List<Condition> found) {
    long length = hours * Moment.HOUR;
    NavigableSet<Long> active = new TreeSet<>();
    long last = Long.MIN_VALUE;
    long from = moment.now() - 7L * WEEKS * Moment.DAY - length;
    Aggregate asked =
        new Aggregate(
            Filter.since(Span.HOUR.startOf(from)),
            BY,
            MEASURES,
            -1,
            Integer.MAX_VALUE,
            ReadRequest.PATIENCE);
    for (Row row : moment.store().aggregate(asked)) {
      Group group = new Group(BY, MEASURES, row);
      Long latest = group.whole(Measures.LAST);
      // What a clock set wrong dates into the future is no sign of life.
      if (latest != null && latest <= moment.now() + Moment.HOUR) {
        active.add(group.start(HOURS));
        last = Math.max(last, latest);
      }
    }
    if (active.isEmpty() || moment.now() - last < length) {
      return;
    }
    boolean daily = wasActive(active, moment.now(), length, Moment.DAY, DAYS);
    boolean weekly = wasActive(active, moment.now(), length, 7 * Moment.DAY, WEEKS);
    if (daily || weekly) {
      found.add(
          new Condition(
              "pipeline",
              "events",
              Severity.WARNING,
              "no event for " + Units.span(moment.now() - last),
              "in these hours there were events on each of the last "
                  + (daily ? DAYS + " days" : WEEKS + " weeks on this day")
                  + "; are hooks, recorders and sources still there? flightlog doctor, flightlog"
                  + " sources"));
    }
  }

  /** True when each of the same stretches so much earlier has an event. */
  private static boolean wasActive(
      NavigableSet<Long> active, long now, long length, long step, int times) {
    for (int i = 1; i <= times; i++) {
      long end = now - i * step;
      Long hour = active.floor(end);
      if (hour == null || hour + Moment.HOUR <= end - length) {
        return false;
      }
    }
    return true;
  }
}
