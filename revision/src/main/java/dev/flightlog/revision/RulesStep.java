package dev.flightlog.revision;

import dev.flightlog.learning.rules.Proposal;
import dev.flightlog.learning.rules.Recurring;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleProposer;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.learning.rules.ToolCalls;
import dev.flightlog.learning.verdict.Trials;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.revision.report.Findings;
import dev.flightlog.revision.report.FindingsBuilder;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What could be told to agents: rules that are new, and those that wait for a person. */
public final class RulesStep implements Step {
  private static final int MOST_TOLD = 5;

  private final EventStore store;
  private final Supplier<LearnedFacts> facts;
  private final RuleBook book;
  private final Consent consent;
  private final LearningLog log;
  private final Supplier<Instant> now;
  private final TriedRules tried;

  /**
   * @param facts brought up to date when asked for
   * @param trials of the same book
   * @param consent what may be done without a person
   */
  public RulesStep(
      EventStore store,
      Supplier<LearnedFacts> facts,
      RuleBook book,
      Trials trials,
      Consent consent,
      LearningLog log,
      Supplier<Instant> now) {
    this.store = store;
    this.facts = facts;
    this.book = book;
    this.consent = consent;
    this.log = log;
    this.now = now;
    this.tried = new TriedRules(trials, book, store, consent);
  }

  @Override
  public Findings run(Week week, boolean dry) throws IOException {
    Recurring recurring = Recurring.of(new UpTo(week.until(), facts.get()), store);
    FindingsBuilder found = new FindingsBuilder();
    long proposed = 0;
    long waiting = 0;
    for (Proposal proposal : new RuleProposer(ToolCalls.of(store)).propose(recurring, book)) {
      switch (proposal) {
        case Proposal.Proposed made -> {
          proposed++;
          if (!dry) {
            take(week, made.rule());
          }
          if (waiting++ < MOST_TOLD && consent != Consent.DIRECT) {
            found.decide(asked(made.rule()));
          }
        }
        case Proposal.Known known -> {
          if (known.state() == RuleState.PROPOSED && waiting++ < MOST_TOLD) {
            found.decide(asked(known.rule()));
          }
        }
        case Proposal.LeftOut _ -> {}
      }
    }
    tried.look(found, now.get(), dry);
    if (proposed > 0) {
      found.changed(Units.count(proposed, "rule") + (dry ? " would be" : "") + " proposed");
    }
    return found.figure("proposed", proposed).figure("waiting", waiting).build();
  }

  /** What was known when the week ended. */
  private record UpTo(long until, LearnedFacts learned) implements Recurring.Facts {
    @Override
    public <F extends Fact> List<F> all(Class<F> kind) {
      return Facts.between(Long.MIN_VALUE, until, learned.all(kind));
    }
  }

  private static String asked(Rule rule) {
    return "rule "
        + rule.id()
        + ", "
        + Units.count(rule.errors(), rule.measure().unit())
        + " in "
        + Units.count(rule.sessions(), "session")
        + ": "
        + rule.text()
        + " (flightlog rules approve "
        + rule.id()
        + ")";
  }

  private void take(Week week, Rule rule) throws IOException {
    book.add(rule, now.get());
    if (consent == Consent.DIRECT) {
      book.move(rule.id(), RuleState.ADOPTED, "rules.apply is direct", now.get());
    }
    tried.begin(rule, now.get());
    Map<String, Long> lost = LostTime.of(new Filter.Time(Long.MIN_VALUE, week.until()), store);
    long wasted = 0;
    for (String tool : rule.opportunity().tools()) {
      for (Map.Entry<String, Long> each : lost.entrySet()) {
        String[] names = each.getKey().split("\n", 2);
        boolean about =
            names[0].equals(tool)
                && rule.errorClasses().contains(ErrorFact.label(tool, names[1], ""));
        wasted += about ? each.getValue() : 0;
      }
    }
    var event =
        log.event("rule_proposed", week, rule.id())
            .patternDetected(true)
            .createdRule(true)
            .needsReview(consent != Consent.DIRECT)
            .impact(Math.min(1, rule.share()))
            .userSatisfactionDelta(
                Frustrated.of(week, facts.get(), store)
                    .delta(error -> rule.errorClasses().contains(error.label())))
            .detail("rule", rule.id())
            .detail("signature", rule.signature())
            .detail("text", rule.text());
    if (wasted > 0) {
      event.timeSaved(Duration.ofMillis(-wasted));
    }
    event.log();
  }
}
