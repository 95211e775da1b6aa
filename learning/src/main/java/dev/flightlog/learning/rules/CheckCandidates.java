package dev.flightlog.learning.rules;

import dev.flightlog.patterns.facts.CheckFact;
import dev.flightlog.patterns.facts.Occurrences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Candidates from time that checks (tests, builds, linters) take: runs that were made although
 * nothing had changed, which a trial can count, and checks that take long, about which there is
 * advice only. Immutable.
 */
final class CheckCandidates {
  /** A needless run that takes less costs nothing that matters, in milliseconds. */
  private static final long LEAST_MILLIS = 5_000;

  private static final long SLOW_MILLIS = 30_000;

  /** Of the time of all checks. */
  private static final double SLOW_SHARE = 0.1;

  private static final long TEN_SECONDS = 10_000;

  private final Slots slots;

  CheckCandidates(Slots slots) {
    this.slots = slots;
  }

  /** All that is known of one check. */
  private static final class Sum {
    final String tool;
    final String program;
    final Set<String> sessions = new HashSet<>();
    final Set<String> needless = new HashSet<>();
    final List<String> evidence = new ArrayList<>();
    final List<String> needlessEvidence = new ArrayList<>();
    long runs;
    long millis;
    long unchanged;
    long unchangedMillis;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    Sum(CheckFact of) {
      tool = of.tool();
      program = of.program();
    }

    void add(CheckFact each) {
      runs += each.runs();
      millis += each.millis();
      unchanged += each.unchanged();
      unchangedMillis += each.unchangedMillis();
      first = Math.min(first, each.micros());
      last = Math.max(last, each.micros());
      sessions.add(each.session());
      evidence.add(each.event());
      if (each.unchanged() > 0) {
        needless.add(each.session());
        needlessEvidence.add(each.event());
      }
    }

    Occurrences met(long count, Set<String> in, List<String> events) {
      List<String> newest =
          events.subList(Math.max(0, events.size() - Occurrences.MOST_EVIDENCE), events.size());
      return new Occurrences(count, in.size(), first, last, newest);
    }
  }

  List<Candidate> of(List<CheckFact> checks) {
    Map<String, Sum> sums = new TreeMap<>();
    for (CheckFact each : checks) {
      sums.computeIfAbsent(each.tool() + '\n' + each.program(), any -> new Sum(each)).add(each);
    }
    long needless = sums.values().stream().mapToLong(sum -> sum.unchanged).sum();
    long millis = sums.values().stream().mapToLong(sum -> sum.millis).sum();
    List<Candidate> candidates = new ArrayList<>();
    for (Sum sum : sums.values()) {
      if (sum.unchanged > 0 && sum.unchangedMillis >= LEAST_MILLIS * sum.unchanged) {
        candidates.add(needless(sum, needless));
      }
      if (sum.millis >= SLOW_MILLIS * sum.runs && sum.millis >= SLOW_SHARE * millis) {
        candidates.add(slow(sum, millis));
      }
    }
    return candidates;
  }

  private Candidate needless(Sum sum, long all) {
    String label = "needless run of " + sum.program;
    Optional<String> text =
        called(sum)
            .map(call ->
                "Do not run "
                    + call
                    + " again while nothing has changed since its last run: use what that printed.");
    return new Candidate(
        label,
        label,
        new TreeSet<>(List.of(label)),
        text,
        new Rule.Opportunity(Measure.RERUNS, new TreeSet<>(List.of(sum.tool)), sum.program),
        sum.met(sum.unchanged, sum.needless, sum.needlessEvidence),
        sum.runs,
        (double) sum.unchanged / all);
  }

  private Candidate slow(Sum sum, long all) {
    long seconds = Math.max(1, Math.round((double) sum.millis / sum.runs / TEN_SECONDS)) * 10;
    Optional<String> text =
        slots
            .check(sum.program)
            .map(check ->
                "Run "
                    + check
                    + ", which takes about "
                    + seconds
                    + " s, when a piece of work is complete; before that, run only the part that is"
                    + " about what you changed.");
    return new Candidate(
        "slow " + sum.program,
        "slow " + sum.program,
        new TreeSet<>(List.of("slow " + sum.program)),
        text,
        new Rule.Opportunity(Measure.NOTHING, new TreeSet<>(List.of(sum.tool)), sum.program),
        sum.met(sum.runs, sum.sessions, sum.evidence),
        0,
        (double) sum.millis / all);
  }

  private Optional<String> called(Sum sum) {
    return slots.tool(sum.tool).flatMap(tool -> slots.check(sum.program));
  }
}
