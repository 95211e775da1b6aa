package dev.flightlog.cli.rules;

import dev.flightlog.analysis.Pending;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.home.index.Index;
import dev.flightlog.learning.exposure.Delivery;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.exposure.Trigger;
import dev.flightlog.learning.hooks.HookFiles;
import dev.flightlog.learning.outcomes.Opportunities;
import dev.flightlog.learning.rules.Measure;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.learning.verdict.Effect;
import dev.flightlog.learning.verdict.SinceAdoption;
import dev.flightlog.learning.verdict.TrialPlan;
import dev.flightlog.learning.verdict.Trials;
import dev.flightlog.patterns.facts.Change;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The actions of {@code rules} that draw sessions: a trial, and what it found. */
final class TrialActions {
  /** A look waits longer than a question does, for it wants everything. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TrialActions() {}

  static HookFiles hooks(Invocation call) {
    return new HookFiles(call.home().folder(), call.home().journals());
  }

  static Trials open(Invocation call, RuleBook rules) throws IOException {
    Path file = call.home().file("trials.jsonl");
    TrialBook book = TrialBook.open(file);
    for (String damaged : book.damaged()) {
      call.console().say("trials.jsonl: " + damaged);
    }
    return new Trials(rules, book, hooks(call));
  }

  /** Says what hooks here show of trials on other machines. */
  static void tellOthers(Invocation call) throws IOException {
    for (Trial trial : hooks(call).others()) {
      call.console()
          .say(
              "also shown by hooks here, on trial elsewhere: "
                  + trial.rule()
                  + "  "
                  + trial.text());
    }
  }

  /** Begins a trial, and says beforehand how long it takes. */
  static int begin(Invocation call, RuleBook rules, RuleBook.Entry entry) throws IOException {
    Terms terms = terms(call, entry.rule());
    Instant now = call.home().clock().instant();
    Trials.Begun begun;
    try (Index index = Index.fresh(call.home())) {
      begun = open(call, rules).begin(entry, terms, index.store(), now);
    }
    return switch (begun) {
      case Trials.Begun.Refused refused -> throw CommandException.failed(refused.reason());
      case Trials.Begun.Running running -> {
        PrintStream out = call.console().out();
        RuleLines.line(out, rules.entry(entry.rule().id()).orElse(entry));
        boolean weeks = terms.placement() == Placement.FILE;
        out.println(
            "  "
                + placed(terms)
                + "; "
                + Units.share(terms.share())
                + (weeks ? " of them" : " of the sessions, by chance"));
        out.println(
            "  "
                + (weeks
                    ? "it ends after " + Trials.MOST_WEEKS + " weeks of projects, or earlier"
                    : duration(running.plan(), entry.rule().measure())));
        call.console()
            .say(
                terms.placement() == Placement.FILE
                    ? "put it into the files of projects whose week it is, now and every week, with:"
                        + " flightlog rules apply --yes"
                    : "sessions are drawn by hooks of Claude Code and Codex; if they are not there"
                        + " yet: flightlog install claude --yes (or: codex)");
        yield CommandException.OK;
      }
    };
  }

  private static Terms terms(Invocation call, Rule rule) {
    Placement placement =
        named(call, "--placement", Placement::named, "file, session, action")
            .orElse(Placement.SESSION);
    Trigger trigger =
        named(call, "--trigger", Trigger::named, "every_call, unread_file, after_failure")
            .orElse(
                rule.change().kind() == Change.Kind.READ_FIRST
                    ? Trigger.UNREAD_FILE
                    : Trigger.EVERY_CALL);
    double share;
    String text = call.option("--share");
    try {
      share = text == null ? 0.5 : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw CommandException.usage(
          "--share is a number between 0 and 1, not "
              + SafeText.shortened(String.valueOf(text), 40));
    }
    try {
      return new Terms(
          placement, call.flag("--refuse") ? Delivery.REFUSAL : Delivery.TEXT, trigger, share);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static <T> Optional<T> named(
      Invocation call,
      String option,
      java.util.function.Function<String, Optional<T>> known,
      String all) {
    String text = call.option(option);
    if (text == null) {
      return Optional.empty();
    }
    Optional<T> value = known.apply(text);
    if (value.isEmpty()) {
      throw CommandException.usage(
          option + " is one of " + all + ", not " + SafeText.shortened(text, 40));
    }
    return value;
  }

  private static String untried(Rule rule) {
    return rule.measure() == Measure.NOTHING
        ? "rule " + rule.id() + " is advice: no record of a session tells whether it helps"
        : "rule "
            + rule.id()
            + " was never tried; to begin: flightlog rules approve "
            + rule.id()
            + " --trial";
  }

  private static String placed(Terms terms) {
    return switch (terms.placement()) {
      case FILE ->
          "placement file: the text stands in a project's file in weeks drawn by chance; a"
              + " weaker proof than by hooks";
      case SESSION -> "placement session: given at the start of a session and of its subagents";
      case ACTION ->
          "placement action: "
              + (terms.delivery() == Delivery.REFUSAL ? "a refusal with the reason" : "given")
              + " before "
              + switch (terms.trigger()) {
                case EVERY_CALL -> "the first such call of a session";
                case UNREAD_FILE -> "a call on a file that was not read in the session";
                case AFTER_FAILURE -> "the first such call after one that failed";
              };
    };
  }

  private static String duration(TrialPlan plan, Measure measure) {
    if (Double.isNaN(plan.rate())) {
      return "no such "
          + measure.opportunity()
          + " is known, so nobody can say how long the trial takes";
    }
    String needed =
        String.format(
            Locale.ROOT,
            "today %s of these %ss %s; if the rule halves that, four of five such trials have"
                + " ended after %,d sessions",
            Units.share(plan.rate()),
            measure.opportunity(),
            measure.happens(),
            plan.sessions());
    return plan.ends().isEmpty()
        ? needed + "; there was none in the last four weeks"
        : needed
            + String.format(
                Locale.ROOT,
                " (at %.1f a day: %s)",
                plan.perDay(),
                plan.ends().get().atZone(ZoneOffset.UTC).toLocalDate());
  }

  /** Takes in the sessions that ended, and says what is known; of one rule, or of all on trial. */
  static int effect(Invocation call, RuleBook rules, Optional<RuleBook.Entry> wanted)
      throws IOException {
    Trials trials = open(call, rules);
    Optional<RuleBook.Entry> untried =
        wanted.filter(
            entry -> entry.state() == RuleState.ADOPTED && trials.effects(entry.rule()).isEmpty());
    try (Index index = Index.open(call.home())) {
      List<Pending> pending = index.takeIn(PATIENCE);
      if (pending.isEmpty()) {
        trials.look(index.store(), call.home().clock().instant());
      } else {
        // A session of which half is known would be counted so for ever.
        pending.forEach(each -> call.console().say(each.sentence(call.console().reader())));
        call.console().say("so no session was taken into a trial now");
      }
      if (untried.isPresent()) {
        RuleBook.Entry entry = untried.get();
        EffectLines.print(
            call,
            entry,
            SinceAdoption.of(
                Opportunities.of(entry.rule()), entry.history().getLast().at(), index.store()));
        return CommandException.OK;
      }
    }
    List<RuleBook.Entry> shown =
        wanted
            .map(List::of)
            .orElseGet(() ->
                rules.entries().stream()
                    .filter(entry -> !trials.effects(entry.rule()).isEmpty())
                    .toList());
    List<EffectLines.Told> told = new ArrayList<>();
    for (RuleBook.Entry entry : shown) {
      for (Effect effect : trials.effects(entry.rule())) {
        told.add(new EffectLines.Told(entry, effect));
      }
    }
    if (told.isEmpty()) {
      call.console()
          .say(
              wanted.isPresent()
                  ? untried(wanted.get().rule())
                  : "no rule was tried yet; to begin: flightlog rules approve ID --trial");
    }
    EffectLines.print(call, told);
    return CommandException.OK;
  }
}
