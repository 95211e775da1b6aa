package dev.flightlog.revision;

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
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.ArrayList;
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
    Map<String, Long> lost = LostTime.of(new Filter.Time(week.since(), week.until()), store);
    Frustrated frustrated = Frustrated.of(week, facts.get(), store);
    for (ErrorPattern pattern : patterns.subList(0, Math.min(MOST_RECORDED, patterns.size()))) {
      Long wasted = lost.get(LostTime.key(pattern.tool(), pattern.errorType()));
      var event =
          log.event("pattern_detected", week, pattern.id())
              .patternDetected(true)
              .createdRule(false)
              .needsReview(!known.contains(pattern.id()))
              .impact((double) pattern.occurrences().count() / Math.max(1, errors))
              .userSatisfactionDelta(
                  frustrated.delta(error -> PatternFinder.idOf(error).equals(pattern.id())))
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
}
