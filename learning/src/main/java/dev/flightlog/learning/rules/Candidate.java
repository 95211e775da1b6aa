package dev.flightlog.learning.rules;

import dev.flightlog.event.files.Sha256;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Something that recurs in people's work or in checks, and what could be said about it.
 *
 * @param name in words; may hold text of the log
 * @param signature by which a rule is known again, in every version
 * @param labels what is counted
 * @param text the instruction; empty when the grammar has no sentence for it
 * @param met how often, where, and by which events
 * @param opportunities 0 when that is not known
 * @param share of all that is alike
 */
record Candidate(
    String name,
    String signature,
    SortedSet<String> labels,
    Optional<String> text,
    Rule.Opportunity opportunity,
    Occurrences met,
    long opportunities,
    double share) {
  private static final TokenEstimate TOKENS = TokenEstimate.standard();

  /** Whether it was met often enough, in enough sessions, and makes up enough. */
  Optional<String> tooLittle() {
    String unit = opportunity.measure().unit();
    if (met.count() < RuleProposer.LEAST_ERRORS || met.sessions() < RuleProposer.LEAST_SESSIONS) {
      return Optional.of(
          "it needs "
              + RuleProposer.LEAST_ERRORS
              + " "
              + unit
              + "s in "
              + RuleProposer.LEAST_SESSIONS
              + " sessions");
    }
    boolean rare = opportunities > 0 && (double) met.count() / opportunities < LEAST;
    return share < LEAST && (opportunities == 0 || rare)
        ? Optional.of("it is below 3 % of the " + unit + "s and of what could be one")
        : Optional.empty();
  }

  private static final double LEAST = RuleProposer.LEAST_SHARE;

  /** What becomes of it beside the rules that are kept. */
  Proposal proposal(List<RuleBook.Entry> known) {
    Optional<String> little = tooLittle();
    if (little.isPresent()) {
      return new Proposal.LeftOut(name, met.count(), little.get());
    }
    if (text.isEmpty()) {
      return new Proposal.LeftOut(name, met.count(), "the grammar has no sentence for it");
    }
    Rule rule =
        new Rule(
            Sha256.hex(signature).substring(0, 12),
            signature,
            labels,
            text.get(),
            opportunity,
            met.count(),
            opportunities,
            share,
            met.sessions(),
            0,
            TOKENS.of(text.get()),
            met.evidence());
    return known.stream()
        .filter(entry -> entry.rule().id().equals(rule.id()))
        .findFirst()
        .<Proposal>map(entry -> new Proposal.Known(name, entry.rule(), entry.state()))
        .orElseGet(() -> new Proposal.Proposed(name, rule));
  }
}
