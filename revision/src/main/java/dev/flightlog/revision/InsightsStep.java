package dev.flightlog.revision;

import dev.flightlog.analysis.statistics.Chance;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.patterns.InteractionPattern;
import dev.flightlog.patterns.PatternFinder;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.revision.report.Findings;
import dev.flightlog.revision.report.FindingsBuilder;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What changed in a week, against the newest of the four weeks before it that has events. A
 * frustration of these four weeks counts as resolved when nothing of its kind and reason came back
 * in the week.
 */
public final class InsightsStep implements Step {
  private static final int MOST_TOLD = 3;

  private final EventStore store;
  private final Supplier<LearnedFacts> facts;
  private final LearningLog log;

  /**
   * @param facts brought up to date when asked for
   */
  public InsightsStep(EventStore store, Supplier<LearnedFacts> facts, LearningLog log) {
    this.store = store;
    this.facts = facts;
    this.log = log;
  }

  @Override
  public Findings run(Week week, boolean dry) {
    FindingsBuilder found = new FindingsBuilder();
    WeekSums now = WeekSums.of(week, store);
    if (now.events() == 0) {
      return found.changed("no events in this week").build();
    }
    WeekSums before = WeekSums.before(week, store);
    figures(found, now);
    LearnedFacts learned = facts.get();
    List<InteractionFact> people = learned.all(InteractionFact.class);
    if (before == null) {
      found.changed(
          Units.count(now.events(), "event")
              + " in "
              + Units.count(now.sessions(), "session")
              + "; there is no week before it to compare with");
    } else {
      compare(found, now, before);
      errorClasses(found, week, before.week(), learned.all(ErrorFact.class));
    }
    Frustrations frustrations = frustrations(week, people);
    found
        .figure("frustrations_found", frustrations.found())
        .figure("frustrations_resolved", frustrations.resolved());
    if (frustrations.found() > 0) {
      String sentence =
          frustrations.resolved()
              + " of "
              + Units.count(frustrations.found(), "frustration")
              + " of the four weeks before did not come back ("
              + Units.share(frustrations.share())
              + "; the goal is 80 %)";
      if (frustrations.share() >= 0.8) {
        found.better(sentence);
      } else {
        found.changed(sentence);
      }
    }
    if (!dry) {
      record(week, now, before, people, frustrations);
    }
    return found.build();
  }

  private static void figures(FindingsBuilder found, WeekSums sums) {
    found
        .figure("events", sums.events())
        .figure("sessions", sums.sessions())
        .figure("tool_calls", sums.results())
        .figure("failed_tool_calls", sums.failed())
        .figure("clarifications", sums.clarifications());
  }

  private static void compare(FindingsBuilder found, WeekSums now, WeekSums before) {
    found.changed(
        Units.count(now.events(), "event")
            + " in "
            + Units.count(now.sessions(), "session")
            + ", after "
            + Units.count(before.events())
            + " in "
            + Units.count(before.sessions())
            + " in "
            + before.week());
    String shares =
        "failed tool calls: "
            + Units.share(now.failedShare())
            + " after "
            + Units.share(before.failedShare());
    switch (Chance.ofShares(before.failed(), before.results(), now.failed(), now.results())) {
      case LOWER -> found.better(shares + " (more than chance)");
      case HIGHER -> found.worse(shares + " (more than chance)");
      case CHANCE -> found.changed(shares + " (may be chance)");
      case TOO_FEW, UNTESTED -> {}
    }
  }

  /** The classes of errors that moved by more than chance, as shares of the tool calls. */
  private void errorClasses(
      FindingsBuilder found, Week week, Week earlier, List<ErrorFact> errors) {
    Map<String, Long> now = counts(Facts.of(week, errors));
    Map<String, Long> then = counts(Facts.of(earlier, errors));
    long calls = WeekSums.of(week, store).results();
    long callsThen = WeekSums.of(earlier, store).results();
    Set<String> names = new HashSet<>(now.keySet());
    names.addAll(then.keySet());
    List<String> ranked =
        names.stream()
            .sorted((a, b) ->
                Long.compare(
                    now.getOrDefault(b, 0L) + then.getOrDefault(b, 0L),
                    now.getOrDefault(a, 0L) + then.getOrDefault(a, 0L)))
            .limit(40)
            .toList();
    int better = 0;
    int worse = 0;
    for (String name : ranked) {
      long after = Math.min(calls, now.getOrDefault(name, 0L));
      long first = Math.min(callsThen, then.getOrDefault(name, 0L));
      String words = name + ": " + after + " after " + first;
      switch (Chance.ofShares(first, callsThen, after, calls)) {
        case LOWER -> {
          if (better++ < MOST_TOLD) {
            found.better(words);
          }
        }
        case HIGHER -> {
          if (worse++ < MOST_TOLD) {
            found.worse(words);
          }
        }
        case CHANCE, TOO_FEW, UNTESTED -> {}
      }
    }
  }

  private static Map<String, Long> counts(List<ErrorFact> errors) {
    Map<String, Long> counts = new HashMap<>();
    errors.forEach(error -> counts.merge(error.className(), 1L, Long::sum));
    return counts;
  }

  /**
   * Frustrations by kind and reason.
   *
   * @param found of the four weeks before
   * @param resolved of these, those that did not come back
   */
  private record Frustrations(long found, long resolved) {
    double share() {
      return found == 0 ? 1 : (double) resolved / found;
    }
  }

  private static Frustrations frustrations(Week week, List<InteractionFact> people) {
    Set<String> then = keys(Facts.before(week, people));
    Set<String> now = keys(Facts.of(week, people));
    long resolved = then.stream().filter(key -> !now.contains(key)).count();
    return new Frustrations(then.size(), resolved);
  }

  private static Set<String> keys(List<InteractionFact> people) {
    Set<String> keys = new HashSet<>();
    for (InteractionPattern pattern : PatternFinder.interactions(people)) {
      if (Frustrated.KINDS.contains(pattern.kind())) {
        keys.add(pattern.id());
      }
    }
    return keys;
  }

  private void record(
      Week week,
      WeekSums now,
      @org.jspecify.annotations.Nullable WeekSums before,
      List<InteractionFact> people,
      Frustrations frustrations) {
    double rate = rate(Facts.of(week, people), now);
    double earlier = before == null ? rate : rate(Facts.of(before.week(), people), before);
    long lost =
        LostTime.of(new Filter.Time(week.since(), week.until()), store).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    log.event("week_revised", week, "insights")
        .patternDetected(frustrations.found() > 0)
        .createdRule(false)
        .needsReview(frustrations.share() < 0.8)
        .impact(Math.min(1, now.failedShare()))
        .timeSaved(Duration.ofMillis(-lost))
        .userSatisfactionDelta(Math.max(-1, Math.min(1, earlier - rate)))
        .detail("events", now.events())
        .detail("sessions", now.sessions())
        .detail("frustrations_found", frustrations.found())
        .detail("frustrations_resolved", frustrations.resolved())
        .log();
  }

  /** Frustrations a session. */
  private static double rate(List<InteractionFact> people, WeekSums sums) {
    long count = people.stream().filter(fact -> Frustrated.KINDS.contains(fact.kind())).count();
    return (double) count / Math.max(1, sums.sessions());
  }
}
