package dev.flightlog.learning.verdict;

import dev.flightlog.learning.exposure.Look;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.Purpose;
import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.hooks.HookFiles;
import dev.flightlog.learning.outcomes.FileWeeks;
import dev.flightlog.learning.outcomes.Opportunities;
import dev.flightlog.learning.outcomes.PastSessions;
import dev.flightlog.learning.outcomes.TrialSessions;
import dev.flightlog.learning.rules.Measure;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.learning.trial.Evidence;
import dev.flightlog.learning.trial.FalseDiscoveries;
import dev.flightlog.store.EventStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The life of a rule from its trial on: proposed, trial, adopted with a holdout, retired. Keeps the
 * books and what hooks show in step. Not safe for several threads; calls block on files and on the
 * store, and fail as these do.
 */
public final class Trials {
  /** So long after adoption a tenth of the sessions go without the rule. */
  public static final Duration HOLDOUT = Duration.ofDays(30);

  private static final double HOLDOUT_SHARE = 0.9;

  /** Weeks of projects after which a trial in files has a verdict: a year of two projects. */
  public static final int MOST_WEEKS = 104;

  private final RuleBook rules;
  private final TrialBook book;
  private final HookFiles hooks;

  public Trials(RuleBook rules, TrialBook book, HookFiles hooks) {
    this.rules = rules;
    this.book = book;
    this.hooks = hooks;
  }

  /** What became of a wish to begin a trial. */
  public sealed interface Begun {
    /** Sessions are drawn from now on. */
    record Running(Trial trial, TrialPlan plan) implements Begun {}

    /**
     * Nothing was changed.
     *
     * @param reason with how to mend it
     */
    record Refused(String reason) implements Begun {}
  }

  /** Begins to draw sessions for a rule that was proposed. */
  public Begun begin(RuleBook.Entry entry, Terms terms, EventStore store, Instant now)
      throws IOException {
    Rule rule = entry.rule();
    if (entry.state() != RuleState.PROPOSED) {
      return new Begun.Refused(
          "the state of rule "
              + rule.id()
              + " is "
              + entry.state().wireName()
              + "; only one that is proposed can be tried");
    }
    if (rule.measure() == Measure.NOTHING) {
      return new Begun.Refused(
          "rule "
              + rule.id()
              + " is advice: no record of a session tells whether it helps, so it cannot be tried;"
              + " approve it without --trial, or leave it");
    }
    TrialPlan plan =
        TrialPlan.of(PastSessions.of(Opportunities.of(rule), store), terms, onTrial().size(), now);
    int planned = terms.placement() == Placement.FILE ? MOST_WEEKS : plan.sessions();
    Trial trial = Trial.of(rule, number(rule), Purpose.TRIAL, terms, now, planned);
    if (terms.placement() == Placement.ACTION && !trial.callsAreNamed()) {
      return new Begun.Refused(
          (rule.measure().isOfCalls()
                  ? "the calls of rule " + rule.id() + " cannot be told by a hook"
                  : "rule " + rule.id() + " is not about calls of a tool")
              + "; try it with placement session");
    }
    book.start(trial);
    rules.move(rule.id(), RuleState.TRIAL, "by " + terms.placement().wireName(), now);
    show();
    return new Begun.Running(trial, plan);
  }

  /**
   * After a trial ended or was ended: the rule stands for good, but for a tenth of the sessions
   * during 30 days. A rule that was tried in files has no holdout, nor one that was never tried.
   *
   * @return whether hooks go on to give it; else it belongs into an instruction file
   */
  public boolean adopted(Rule rule, Instant now) throws IOException {
    List<TrialBook.Entry> tried = book.of(rule.id());
    close(rule, "", "adopted", now);
    if (tried.isEmpty() || tried.getLast().trial().terms().placement() == Placement.FILE) {
      show();
      return false;
    }
    Terms last = tried.getLast().trial().terms();
    Terms terms = new Terms(last.placement(), last.delivery(), last.trigger(), HOLDOUT_SHARE);
    book.start(Trial.of(rule, number(rule), Purpose.HOLDOUT, terms, now, Integer.MAX_VALUE));
    show();
    return true;
  }

  /**
   * Brings trials and hooks in step with a rule that a person has just moved.
   *
   * @return whether hooks go on to give it; else an adopted one belongs into an instruction file
   */
  public boolean follow(RuleBook.Entry moved, Instant now) throws IOException {
    if (moved.state() == RuleState.ADOPTED) {
      return adopted(moved.rule(), now);
    }
    ended(moved.rule(), moved.state().wireName(), now);
    return false;
  }

  /** Ends whatever draws sessions for the rule: it was retired, rejected, or given back. */
  public void ended(Rule rule, String reason, Instant now) throws IOException {
    close(rule, "", reason, now);
    show();
  }

  private void close(Rule rule, String verdict, String reason, Instant now) throws IOException {
    Optional<TrialBook.Entry> running = book.running(rule.id());
    if (running.isPresent()) {
      book.end(running.get().trial().id(), new TrialBook.End(now, verdict, reason));
    }
  }

  /**
   * Looks at every running trial: takes in the sessions that ended since, and decides what can be
   * decided. A trial with a verdict has ended; its rule waits for a person. A holdout ends after 30
   * days: what hooks gave at a call they give for good, anything else belongs into the instruction
   * file from then on.
   *
   * @return of every trial that ran, what is known now
   */
  public List<Effect> look(EventStore store, Instant now) throws IOException {
    List<Effect> effects = new ArrayList<>();
    for (TrialBook.Entry entry : book.running()) {
      if (entry.trial().purpose() != Purpose.STANDING) {
        effects.add(Effect.of(takeIn(entry, store, now)));
      }
    }
    List<Effect> decided = decide(effects, now);
    for (TrialBook.Entry entry : book.running()) {
      if (entry.trial().purpose() == Purpose.HOLDOUT
          && !now.isBefore(entry.trial().startedAt().plus(HOLDOUT))) {
        afterHoldout(entry.trial(), now);
      }
    }
    show();
    hooks.tidy(now);
    return decided;
  }

  private TrialBook.Entry takeIn(TrialBook.Entry entry, EventStore store, Instant now)
      throws IOException {
    Trial trial = entry.trial();
    if (!trial.hasKey()) {
      return entry;
    }
    Set<String> before = new TreeSet<>();
    entry.looks().forEach(look -> look.sessions().forEach(each -> before.add(each.session())));
    List<Look.Counted> counted =
        trial.terms().placement() == Placement.FILE
            ? FileWeeks.since(before, trial, store, now)
            : TrialSessions.since(before, trial, store, now).counted();
    if (!counted.isEmpty()) {
      book.add(trial.id(), new Look(now, counted));
    }
    return book.running(trial.rule()).orElse(entry);
  }

  /** By e-BH over the rules that are on trial now. */
  private List<Effect> decide(List<Effect> effects, Instant now) throws IOException {
    List<Effect> open =
        effects.stream()
            .filter(each -> each.trial().purpose() == Purpose.TRIAL)
            .filter(each -> each.trial().hasKey())
            .toList();
    List<Integer> accepted =
        FalseDiscoveries.accepted(
            open.stream().map(Effect::evidence).map(Evidence::either).toList(), Effect.LEVEL);
    List<Effect> decided = new ArrayList<>();
    for (Effect effect : effects) {
      int place = open.indexOf(effect);
      Verdict verdict =
          place >= 0 && accepted.contains(place)
              ? effect.direction()
              : place >= 0 && effect.telling() >= effect.trial().planned()
                  ? effect.atThePlannedEnd()
                  : effect.verdict();
      if (place >= 0 && verdict != Verdict.UNDECIDED) {
        book.end(effect.trial().id(), new TrialBook.End(now, verdict.words(), "decided by a look"));
      }
      decided.add(effect.decided(verdict));
    }
    return decided;
  }

  private void afterHoldout(Trial holdout, Instant now) throws IOException {
    book.end(holdout.id(), new TrialBook.End(now, "", "30 days after adoption"));
    Optional<RuleBook.Entry> rule = rules.entry(holdout.rule());
    if (rule.isPresent() && holdout.terms().placement() == Placement.ACTION) {
      book.start(
          Trial.of(
              rule.get().rule(),
              number(rule.get().rule()),
              Purpose.STANDING,
              holdout.terms(),
              now,
              Integer.MAX_VALUE));
    }
  }

  /** What is known of every trial of a rule, the newest last; nothing is looked at anew. */
  public List<Effect> effects(Rule rule) {
    return book.of(rule.id()).stream()
        .filter(each -> each.trial().purpose() != Purpose.STANDING)
        .map(Effect::of)
        .toList();
  }

  /** What is known of the newest trial of a rule. */
  public Optional<Effect> newest(Rule rule) {
    List<Effect> all = effects(rule);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** Whether hooks give the rule, so that it must not stand in a file, too. */
  public boolean givenByHooks(Rule rule) {
    return book.running(rule.id())
        .filter(each -> each.trial().terms().placement() != Placement.FILE)
        .isPresent();
  }

  /** The trials of rules whose text stands in files in some weeks of some projects. */
  public List<Trial> inFiles() {
    return book.running().stream()
        .map(TrialBook.Entry::trial)
        .filter(trial -> trial.terms().placement() == Placement.FILE && trial.hasKey())
        .toList();
  }

  /** Makes hooks show what runs. */
  public void show() throws IOException {
    hooks.show(
        book.running().stream()
            .map(TrialBook.Entry::trial)
            .filter(trial -> trial.hasKey() || trial.purpose() == Purpose.STANDING)
            .toList());
  }

  /** Those that are to be decided, and so are judged together. */
  public List<Trial> onTrial() {
    return book.running().stream()
        .map(TrialBook.Entry::trial)
        .filter(trial -> trial.purpose() == Purpose.TRIAL && trial.hasKey())
        .toList();
  }

  private int number(Rule rule) {
    return book.of(rule.id()).size() + 1;
  }
}
