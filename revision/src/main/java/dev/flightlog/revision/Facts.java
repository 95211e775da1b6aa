package dev.flightlog.revision;

import dev.flightlog.event.Timestamps;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.patterns.facts.Fact;
import java.util.List;

/** Facts of a stretch of time. Stateless. */
final class Facts {
  /** What is compared with a week: the four before it. */
  static final long BEFORE = 28 * Timestamps.DAY;

  private Facts() {}

  static <F extends Fact> List<F> of(Week week, List<F> facts) {
    return between(week.since(), week.until(), facts);
  }

  /** Those of the four weeks before. */
  static <F extends Fact> List<F> before(Week week, List<F> facts) {
    return between(week.since() - BEFORE, week.since(), facts);
  }

  static <F extends Fact> List<F> between(long since, long until, List<F> facts) {
    return facts.stream().filter(fact -> fact.micros() >= since && fact.micros() < until).toList();
  }
}
