package dev.flightlog.revision;

import dev.flightlog.event.Field;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.patterns.ErrorPattern;
import dev.flightlog.patterns.InteractionPattern;
import dev.flightlog.patterns.Pattern;
import dev.flightlog.patterns.PatternFinder;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.RepeatFact;
import dev.flightlog.revision.report.Findings;
import dev.flightlog.revision.report.FindingsBuilder;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What recurred in a week, and what of it is new. */
public final class PatternsStep implements Step {
  private static final int MOST_RECORDED = 50;
  private static final int MOST_TOLD = 4;

  private final EventStore store;
  private final Supplier<LearnedFacts> facts;
  private final LearningLog log;

  /**
   * @param facts brought up to date when asked for
   */
  public PatternsStep(EventStore store, Supplier<LearnedFacts> facts, LearningLog log) {
    this.store = store;
    this.facts = facts;
    this.log = log;
  }

  @Override
  public Findings run(Week week, boolean dry) {
    LearnedFacts learned = facts.get();
    List<ErrorFact> all = learned.all(ErrorFact.class);
    List<ErrorFact> errors = Facts.of(week, all);
    List<ErrorPattern> patterns = PatternFinder.errors(errors);
    Set<String> known = new HashSet<>();
    for (ErrorFact each : all) {
      if (each.micros() < week.since()) {
        known.add(PatternFinder.idOf(each));
      }
    }
    List<Pattern> sequences = new ArrayList<>(PatternFinder.sequences(errors));
    sequences.addAll(PatternFinder.repeats(Facts.of(week, learned.all(RepeatFact.class))));
    List<InteractionPattern> interactions =
        PatternFinder.interactions(Facts.of(week, learned.all(InteractionFact.class)));
    FindingsBuilder found = new FindingsBuilder();
    long fresh = 0;
    for (ErrorPattern pattern : patterns) {
      if (!known.contains(pattern.id()) && fresh++ < MOST_TOLD) {
        found.changed("new error, " + times(pattern) + ": " + pattern.label());
      }
    }
    found.figure("errors", errors.size()).figure("error_patterns", patterns.size());
    found.figure("new_error_patterns", fresh).figure("sequences", sequences.size());
    found.figure("interaction_patterns", interactions.size());
    if (!dry) {
      record(week, patterns, errors.size(), known);
    }
    return found.build();
  }

  static String times(Pattern pattern) {
    return Units.count(pattern.occurrences().count(), "time")
        + " in "
        + Units.count(pattern.occurrences().sessions(), "session");
  }

  private void record(Week week, List<ErrorPattern> patterns, int errors, Set<String> known) {
    Map<String, Long> lost = lost(week);
    for (ErrorPattern pattern : patterns.subList(0, Math.min(MOST_RECORDED, patterns.size()))) {
      Long wasted = lost.get(pattern.tool() + '\n' + pattern.errorType());
      var event =
          log.event("pattern_detected", week, pattern.id())
              .patternDetected(true)
              .createdRule(false)
              .needsReview(!known.contains(pattern.id()))
              .impact((double) pattern.occurrences().count() / Math.max(1, errors))
              .detail("pattern", pattern.id())
              .detail("label", pattern.label())
              .detail("count", pattern.occurrences().count())
              .detail("sessions", pattern.occurrences().sessions());
      if (wasted != null) {
        event.timeSaved(Duration.ofMillis(-wasted));
      }
      event.log();
    }
  }

  /** How long the calls took that failed in a week, by tool and type of error, from sums. */
  private Map<String, Long> lost(Week week) {
    Filter failed =
        Filter.and(new Filter.Time(week.since(), week.until()), Filter.is(Field.SUCCESS, false));
    Map<String, Long> millis = new HashMap<>();
    for (Row row :
        store.aggregate(
            Aggregate.of(failed, Measure.sum(Attribute.of(Field.DURATION_MS)))
                .by(Dimension.detail("tool"), Dimension.detail("error_type")))) {
      if (row.isKnown(0)) {
        millis.put(row.text(0) + '\n' + row.text(1), row.whole(0));
      }
    }
    return millis;
  }
}
