package dev.flightlog.revision;

import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.learning.verdict.Effect;
import dev.flightlog.learning.verdict.Retirement;
import dev.flightlog.learning.verdict.Trials;
import dev.flightlog.learning.verdict.Verdict;
import dev.flightlog.revision.report.FindingsBuilder;
import dev.flightlog.store.EventStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What a revision does about rules that are or were on trial. */
final class TriedRules {
  private final Trials trials;
  private final RuleBook book;
  private final EventStore store;
  private final Consent consent;

  TriedRules(Trials trials, RuleBook book, EventStore store, Consent consent) {
    this.trials = trials;
    this.book = book;
    this.store = store;
    this.consent = consent;
  }

  /** Begins a trial of a rule that was just proposed, where that is consented to. */
  void begin(Rule rule, Instant now) throws IOException {
    Optional<RuleBook.Entry> entry = book.entry(rule.id());
    if (consent == Consent.TRIAL && entry.isPresent()) {
      trials.begin(entry.get(), Terms.standard(), store, now);
    }
  }

  /** Takes in the sessions that ended, and says or does what follows from them. */
  void look(FindingsBuilder found, Instant now, boolean dry) throws IOException {
    if (!dry) {
      trials.look(store, now);
    }
    long tried = 0;
    for (RuleBook.Entry entry : book.entries()) {
      boolean stands = entry.state() == RuleState.TRIAL || entry.state() == RuleState.ADOPTED;
      Optional<Effect> effect = stands ? trials.newest(entry.rule()) : Optional.empty();
      if (effect.isPresent()) {
        tried++;
        judge(entry, effect.get(), found, now, dry);
      }
    }
    found.figure("tried", tried);
  }

  private void judge(
      RuleBook.Entry entry, Effect effect, FindingsBuilder found, Instant now, boolean dry)
      throws IOException {
    Rule rule = entry.rule();
    Optional<String> why = Retirement.reason(effect, rule.rate());
    boolean acts = consent == Consent.DIRECT && !dry;
    if (why.isPresent()) {
      if (acts) {
        book.move(rule.id(), RuleState.RETIRED, why.get(), now);
        trials.ended(rule, why.get(), now);
        found.changed("rule " + rule.id() + " is retired, for " + why.get());
      } else {
        found.decide(
            "rule "
                + rule.id()
                + " should go, for "
                + why.get()
                + " (flightlog rules retire "
                + rule.id()
                + ")");
      }
    } else if (entry.state() == RuleState.TRIAL && effect.verdict() == Verdict.WORKS) {
      if (acts) {
        book.move(rule.id(), RuleState.ADOPTED, "its trial says that it works", now);
        trials.adopted(rule, now);
        found.changed("rule " + rule.id() + " works, and is adopted");
      } else {
        found.decide("rule " + rule.id() + " works (flightlog rules approve " + rule.id() + ")");
      }
    } else if (entry.state() == RuleState.TRIAL && effect.verdict() != Verdict.UNDECIDED) {
      found.decide(
          "rule "
              + rule.id()
              + ": "
              + effect.verdict().words()
              + " (flightlog rules retire "
              + rule.id()
              + ")");
    }
  }
}
