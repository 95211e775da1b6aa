package dev.flightlog.learning.rules;

import dev.flightlog.event.files.Sha256;
import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.remedies.Remedy;
import dev.flightlog.patterns.remedies.RemedyRanking;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes rules from errors that recur and from what made it work afterwards. Immutable; safe for
 * several threads.
 */
public final class RuleProposer {
  /** Of all errors of the window, or of the calls that could have failed so. */
  public static final double LEAST_SHARE = 0.03;

  public static final int LEAST_ERRORS = 3;
  public static final int LEAST_SESSIONS = 2;

  /** A change that helped less often is chance. */
  private static final int LEAST_HELPED = 2;

  /** How many of the remedies are looked at until one has a sentence. */
  private static final int MOST_REMEDIES = 3;

  private final RuleGrammar grammar;
  private final ToolCalls calls;
  private final TokenEstimate tokens = TokenEstimate.standard();

  public RuleProposer(ToolCalls calls) {
    this.grammar = new RuleGrammar(new Slots(calls.succeeded().keySet()));
    this.calls = calls;
  }

  /**
   * Every class of errors and what becomes of it, the most frequent first.
   *
   * @param errors of the window
   * @param known the rules that are kept
   */
  public List<Proposal> propose(List<ErrorFact> errors, RuleBook known) {
    Map<String, List<ErrorFact>> classes = new TreeMap<>();
    for (ErrorFact each : errors) {
      classes.computeIfAbsent(each.label(), name -> new ArrayList<>()).add(each);
    }
    List<Map.Entry<String, List<ErrorFact>>> byCount = new ArrayList<>(classes.entrySet());
    byCount.sort(
        Comparator.comparingInt(
                (Map.Entry<String, List<ErrorFact>> each) -> -each.getValue().size())
            .thenComparing(Map.Entry::getKey));
    List<Proposal> proposals = new ArrayList<>();
    for (Map.Entry<String, List<ErrorFact>> each : byCount) {
      proposals.add(propose(each.getKey(), each.getValue(), errors.size(), known));
    }
    return List.copyOf(proposals);
  }

  private Proposal propose(String label, List<ErrorFact> errors, int allErrors, RuleBook known) {
    Occurrences.Counter counter = new Occurrences.Counter();
    errors.forEach(each -> counter.add(each.occasion(), each.id()));
    Occurrences met = counter.total();
    ErrorFact newest = errors.getLast();
    Optional<String> excluded = Exclusions.reason(newest);
    if (excluded.isPresent()) {
      return new Proposal.LeftOut(label, met.count(), excluded.get());
    }
    long opportunities = newest.isVague() ? 0 : calls.all(newest.tool());
    double share = (double) met.count() / allErrors;
    double rate = opportunities == 0 ? 0 : (double) met.count() / opportunities;
    if (met.count() < LEAST_ERRORS || met.sessions() < LEAST_SESSIONS) {
      return new Proposal.LeftOut(
          label,
          met.count(),
          "it needs " + LEAST_ERRORS + " errors in " + LEAST_SESSIONS + " sessions");
    }
    if (share < LEAST_SHARE && rate < LEAST_SHARE) {
      return new Proposal.LeftOut(
          label, met.count(), "it is below 3 % of the errors and of the calls that could fail so");
    }
    return worded(label, newest, errors, met, opportunities, share, known);
  }

  private Proposal worded(
      String label,
      ErrorFact newest,
      List<ErrorFact> errors,
      Occurrences met,
      long opportunities,
      double share,
      RuleBook known) {
    String program = newest.isVague() ? newest.program() : "";
    for (Candidate candidate : candidates(label, newest, errors)) {
      Optional<String> text =
          grammar.sentence(newest.tool(), newest.errorType(), program, candidate.change());
      if (text.isPresent()) {
        String signature = label + Rule.CHANGE + candidate.change().key();
        String id = Sha256.hex(signature).substring(0, 12);
        Rule rule =
            new Rule(
                id,
                signature,
                text.get(),
                new Rule.Opportunity(newest.tool(), program),
                met.count(),
                opportunities,
                share,
                met.sessions(),
                candidate.helped(),
                tokens.of(text.get()),
                met.evidence());
        return known
            .state(id)
            .<Proposal>map(state -> new Proposal.Known(label, rule, state))
            .orElseGet(() -> new Proposal.Proposed(label, rule));
      }
    }
    return new Proposal.LeftOut(
        label,
        met.count(),
        "nothing that helped at least " + LEAST_HELPED + " times can be said in the grammar");
  }

  /** A change that a rule could tell, and after how many of the errors it helped. */
  private record Candidate(Change change, long helped) {}

  /** What prevents this type of error, else what helped most often. */
  private static List<Candidate> candidates(
      String label, ErrorFact newest, List<ErrorFact> errors) {
    List<Remedy> remedies = RemedyRanking.among(label, errors, Integer.MAX_VALUE);
    Optional<Change> prevention = RuleGrammar.prevention(newest.errorType());
    if (prevention.isPresent()) {
      long helped =
          remedies.stream()
              .filter(remedy -> remedy.change().kind() == prevention.get().kind())
              .mapToLong(remedy -> remedy.helped().count())
              .sum();
      return List.of(new Candidate(prevention.get(), helped));
    }
    return remedies.stream()
        .limit(MOST_REMEDIES)
        .filter(remedy -> remedy.helped().count() >= LEAST_HELPED)
        .map(remedy -> new Candidate(remedy.change(), remedy.helped().count()))
        .toList();
  }
}
