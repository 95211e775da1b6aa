package dev.flightlog.learning.rules;

import dev.flightlog.patterns.PatternFinder;
import dev.flightlog.patterns.facts.ErrorFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What rules that were learnt from earlier sessions would have been about in later ones: their
 * errors that had been met before, and for each whether a rule speaks of its class. It says that a
 * rule was there, not that an agent would have followed it: that is for a trial. Immutable.
 *
 * @param rules learnt from the earlier sessions
 * @param classes of the later sessions' repeated errors, the most frequent first
 */
public record Backtest(List<Rule> rules, List<ErrorClass> classes) {

  /**
   * Repeated errors of one class.
   *
   * @param label in words; may hold text of the log
   * @param repeated how many were met before
   * @param rule that speaks of it
   * @param isCheck whether failing is the work of the program: a test, a linter, a build
   */
  public record ErrorClass(String label, long repeated, Optional<Rule> rule, boolean isCheck) {}

  public Backtest {
    rules = List.copyOf(rules);
    classes = List.copyOf(classes);
  }

  /**
   * Learns from errors of the earlier sessions alone.
   *
   * @param all errors of all sessions
   * @param earlier the sessions that are learnt from
   * @param calls of these sessions alone
   */
  public static Backtest of(List<ErrorFact> all, Set<String> earlier, ToolCalls calls) {
    List<ErrorFact> inTime = new ArrayList<>(all);
    inTime.sort(Comparator.comparingLong(ErrorFact::micros));
    List<Rule> rules = new ArrayList<>();
    List<ErrorFact> learntFrom =
        inTime.stream().filter(error -> earlier.contains(error.session())).toList();
    for (Proposal each : new RuleProposer(calls).propose(learntFrom, List.of())) {
      if (each instanceof Proposal.Proposed made) {
        rules.add(made.rule());
      }
    }
    Set<String> met = new HashSet<>();
    Map<String, List<ErrorFact>> repeated = new TreeMap<>();
    for (ErrorFact each : inTime) {
      boolean again = !met.add(PatternFinder.idOf(each));
      if (again && !earlier.contains(each.session())) {
        repeated.computeIfAbsent(each.label(), label -> new ArrayList<>()).add(each);
      }
    }
    List<ErrorClass> classes = new ArrayList<>();
    repeated.forEach((label, errors) ->
        classes.add(
            new ErrorClass(
                label,
                errors.size(),
                rules.stream().filter(rule -> rule.errorClasses().contains(label)).findFirst(),
                Exclusions.isCheck(errors.getFirst()))));
    classes.sort(Comparator.comparingLong((ErrorClass each) -> -each.repeated));
    return new Backtest(rules, classes);
  }

  /** Repeated errors of later sessions, exits of tests, linters and builds left out. */
  public long repeated() {
    return classes.stream().filter(each -> !each.isCheck).mapToLong(ErrorClass::repeated).sum();
  }

  /** Those of which a rule speaks. */
  public long covered() {
    return classes.stream()
        .filter(each -> !each.isCheck && each.rule.isPresent())
        .mapToLong(ErrorClass::repeated)
        .sum();
  }
}
