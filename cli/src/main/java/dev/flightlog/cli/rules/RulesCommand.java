package dev.flightlog.cli.rules;

import dev.flightlog.analysis.Observers;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.home.index.Index;
import dev.flightlog.learning.books.BookLock;
import dev.flightlog.learning.rules.Proposal;
import dev.flightlog.learning.rules.Recurring;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleProposer;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.learning.rules.ToolCalls;
import dev.flightlog.learning.verdict.Effect;
import dev.flightlog.learning.verdict.Trials;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code rules}: what recurs becomes an instruction for agents, when a person consents. */
public final class RulesCommand implements Command {
  private static final List<String> ACTIONS =
      List.of(
          "list",
          "propose",
          "show",
          "approve",
          "reject",
          "retire",
          "apply",
          "undo",
          "effect",
          "backtest");

  /** Those that change nothing, and so wait for nobody. */
  private static final List<String> READING = List.of("list", "show", "backtest");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LEFT_OUT_SHOWN = 10;
  private static final int LEAST_OF_AN_ID = 4;

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "rules",
            "Make instructions for agents from what recurs: errors and what made it work afterwards, corrections and questions"
                + " of people, checks that take time. propose looks for"
                + " them and keeps them; approve and reject decide; apply writes those that are adopted into our block"
                + " of CLAUDE.md, after it showed the difference; undo gives the file its exact bytes back. approve"
                + " --trial shows a rule to some sessions only, and effect says what it did. backtest"
                + " learns from the earlier half of the sessions, and says which repeated errors of the later half"
                + " these rules speak of. Their text"
                + " comes from a closed grammar, never from a log. Without an action: list.")
        .takes("[list|propose|show|approve|reject|retire|apply|undo|effect|backtest] [ID]", 0, 2)
        .with(
            Option.text("--file", "FILE", "apply, undo: which file (CLAUDE.md in this folder)"),
            Option.text("--reason", "TEXT", "approve, reject, retire: why; kept in its history"),
            Option.flag("--yes", "apply: write it; without, only the difference is shown"),
            Option.flag(
                "--trial", "approve: not yet; show it to sessions drawn by chance, and find out"),
            Option.text("--placement", "P", "trial: file, session (the default), action"),
            Option.text("--share", "S", "trial: of the sessions that are shown it (0.5)"),
            Option.text(
                "--trigger",
                "T",
                "trial, placement action: every_call, unread_file, after_failure"),
            Option.flag(
                "--refuse", "trial, placement action: refuse the call once, with the reason"))
        .example(
            "flightlog rules propose",
            "flightlog rules approve 3f2a9c51d0be",
            "flightlog rules approve 3f2a9c51d0be --trial --placement action --refuse",
            "flightlog rules apply --file CLAUDE.md --yes");
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<String> words = call.arguments();
    String action = words.isEmpty() ? "list" : words.getFirst();
    if (!ACTIONS.contains(action)) {
      List<String> nearest = Nearest.to(action, ACTIONS, 1);
      throw CommandException.usage(
          "rules has no action '"
              + SafeText.shortened(action, 40)
              + "'"
              + (nearest.isEmpty() ? "" : "; did you mean '" + nearest.getFirst() + "'?"));
    }
    if (READING.contains(action)) {
      return run(call, action, words);
    }
    try (BookLock _ =
        BookLock.take(call.home().file("rules.lock"), PATIENCE)
            .orElseThrow(() ->
                CommandException.failed(
                    "another Flightlog is changing the rules of this home, for longer than "
                        + PATIENCE.toSeconds()
                        + " s; nothing was changed: try again"))) {
      return run(call, action, words);
    }
  }

  private static int run(Invocation call, String action, List<String> words) throws IOException {
    RuleBook book = RuleBook.open(bookFile(call));
    for (String damaged : book.damaged()) {
      call.console().say("rules.jsonl: " + damaged);
    }
    return switch (action) {
      case "list" -> {
        int code = list(call, book);
        TrialActions.tellOthers(call);
        yield code;
      }
      case "propose" -> propose(call, book);
      case "show" -> show(call, book, id(words));
      case "approve" ->
          call.flag("--trial")
              ? TrialActions.begin(call, book, known(book, id(words)))
              : move(call, book, id(words), RuleState.ADOPTED);
      case "reject" -> move(call, book, id(words), RuleState.REJECTED);
      case "retire" -> move(call, book, id(words), RuleState.RETIRED);
      case "apply" -> AppliedRules.apply(call, book);
      case "backtest" -> BacktestAction.run(call);
      case "effect" ->
          TrialActions.effect(
              call,
              book,
              words.size() < 2 ? Optional.empty() : Optional.of(known(book, id(words))));
      default -> AppliedRules.undo(call);
    };
  }

  static Path bookFile(Invocation call) {
    return call.home().file("rules.jsonl");
  }

  private static String id(List<String> words) {
    if (words.size() < 2) {
      throw CommandException.usage(
          "rules " + words.getFirst() + " needs an id; see: flightlog rules");
    }
    return words.get(1);
  }

  private static int list(Invocation call, RuleBook book) throws IOException {
    Trials trials = TrialActions.open(call, book);
    Table table =
        new Table(
            List.of(
                "id",
                "state",
                "signature",
                "text",
                "opportunities",
                "errors",
                "share",
                "sessions",
                "verdict"),
            200);
    for (RuleBook.Entry entry : book.entries()) {
      Rule rule = entry.rule();
      table.add(
          rule.id(),
          entry.state().wireName(),
          rule.signature(),
          rule.text(),
          rule.opportunities() == 0 ? null : rule.opportunities(),
          rule.errors(),
          rule.share(),
          rule.sessions(),
          EffectLines.verdict(trials.effects(rule)));
    }
    if (call.format() != Format.TEXT) {
      table.print(call.format(), call.console().out(), call.console().screen());
    } else if (book.entries().isEmpty()) {
      call.console().say("there are no rules yet; look for some with: flightlog rules propose");
    } else {
      for (RuleBook.Entry entry : book.entries()) {
        RuleLines.line(call.console().out(), entry.rule(), entry.state());
      }
    }
    return CommandException.OK;
  }

  private static int propose(Invocation call, RuleBook book) throws IOException {
    List<Proposal> proposals;
    try (Index index = Index.fresh(call.home())) {
      LearnedFacts learned = Observers.digest(index.store()).refresh();
      proposals =
          new RuleProposer(ToolCalls.of(index.store()))
              .propose(Recurring.of(learned::all, index.store()), book);
    }
    for (Proposal proposal : proposals) {
      if (proposal instanceof Proposal.Proposed proposed) {
        book.add(proposed.rule(), call.home().clock().instant());
      }
    }
    if (call.format() == Format.TEXT) {
      print(call, proposals);
    } else {
      proposalsTable(proposals).print(call.format(), call.console().out());
    }
    return CommandException.OK;
  }

  private static void print(Invocation call, List<Proposal> proposals) {
    PrintStream out = call.console().out();
    int leftOut = 0;
    for (Proposal proposal : proposals) {
      switch (proposal) {
        case Proposal.Proposed proposed -> RuleLines.line(out, proposed.rule(), RuleState.PROPOSED);
        case Proposal.Known known -> RuleLines.line(out, known.rule(), known.state());
        case Proposal.LeftOut left -> leftOut++;
      }
    }
    out.println(
        leftOut == 0
            ? proposals.isEmpty()
                ? "Nothing recurs, so no rules."
                : "Everything that recurs has a rule."
            : "No rule for "
                + leftOut
                + (leftOut == 1 ? " class" : " classes")
                + " of errors and other things that recur:");
    int shown = 0;
    for (Proposal proposal : proposals) {
      if (proposal instanceof Proposal.LeftOut left && shown++ < LEFT_OUT_SHOWN) {
        out.println(
            "  "
                + left.errors()
                + "  "
                + SafeText.shortened(left.errorClass(), 60)
                + ": "
                + left.reason());
      }
    }
    if (leftOut > LEFT_OUT_SHOWN) {
      out.println(call.hint("  all of them: flightlog rules propose --format csv"));
    }
  }

  private static Table proposalsTable(List<Proposal> proposals) {
    Table table = new Table(List.of("class", "state", "id", "text", "errors", "reason"), 200);
    for (Proposal proposal : proposals) {
      switch (proposal) {
        case Proposal.Proposed made ->
            row(table, made.errorClass(), RuleState.PROPOSED, made.rule());
        case Proposal.Known known -> row(table, known.errorClass(), known.state(), known.rule());
        case Proposal.LeftOut left ->
            table.add(left.errorClass(), null, null, null, left.errors(), left.reason());
      }
    }
    return table;
  }

  private static void row(Table table, String errorClass, RuleState state, Rule rule) {
    table.add(errorClass, state.wireName(), rule.id(), rule.text(), rule.errors(), null);
  }

  private static int show(Invocation call, RuleBook book, String id) throws IOException {
    RuleBook.Entry entry = known(book, id);
    if (call.format() != Format.TEXT) {
      Table table = new Table(List.of("timestamp", "state", "reason"));
      entry
          .history()
          .forEach(step -> table.add(step.at().toString(), step.state().wireName(), step.reason()));
      table.print(call.format(), call.console().out(), call.console().screen());
      return CommandException.OK;
    }
    PrintStream out = call.console().out();
    RuleLines.line(out, entry.rule(), entry.state());
    for (RuleBook.Transition step : entry.history()) {
      out.println(
          "  "
              + step.at()
              + "  "
              + step.state().wireName()
              + (step.reason().isEmpty() ? "" : ": " + SafeText.shortened(step.reason(), 200)));
    }
    for (Effect effect : TrialActions.open(call, book).effects(entry.rule())) {
      EffectLines.lines(call, new EffectLines.Told(entry, effect));
    }
    out.println(call.hint("  evidence, look at one with: flightlog search ID"));
    entry.rule().evidence().forEach(event -> out.println("    " + SafeText.shortened(event, 60)));
    return CommandException.OK;
  }

  private static int move(Invocation call, RuleBook book, String id, RuleState next)
      throws IOException {
    RuleBook.Entry entry = known(book, id);
    @Nullable String reason = call.option("--reason");
    Instant now = call.home().clock().instant();
    return switch (book.move(entry.rule().id(), next, reason == null ? "" : reason, now)) {
      case RuleBook.Move.Done done -> {
        RuleLines.line(call.console().out(), done.entry());
        afterwards(call, TrialActions.open(call, book), done.entry(), now);
        yield CommandException.OK;
      }
      case RuleBook.Move.Unknown unknown -> throw unknown(unknown.id());
      case RuleBook.Move.NotAllowed not ->
          throw CommandException.failed(
              "rule "
                  + not.entry().rule().id()
                  + " is "
                  + not.entry().state().wireName()
                  + ", and cannot become "
                  + not.wanted().wireName());
    };
  }

  /** Hooks show what is true now; what has to be done to the file is said. */
  private static void afterwards(Invocation call, Trials trials, RuleBook.Entry entry, Instant now)
      throws IOException {
    if (trials.follow(entry, now)) {
      call.console()
          .say(
              "hooks give it to nine of ten sessions for 30 days, so that its effect stays known:"
                  + " flightlog rules effect "
                  + entry.rule().id());
      return;
    }
    if (entry.state() != RuleState.REJECTED) {
      call.console().say("the file is changed by: flightlog rules apply");
    }
  }

  /** By its id, or the beginning of one that no other shares. */
  private static RuleBook.Entry known(RuleBook book, String id) {
    List<RuleBook.Entry> found =
        book.entries().stream().filter(entry -> entry.rule().id().startsWith(id)).toList();
    if (found.isEmpty()) {
      throw unknown(id);
    }
    if (found.size() > 1 || id.length() < LEAST_OF_AN_ID) {
      throw CommandException.failed(
          "'"
              + SafeText.shortened(id, 40)
              + "' is too short to name one rule; give more of its id, "
              + LEAST_OF_AN_ID
              + " characters at least: "
              + found.getFirst().rule().id());
    }
    return found.getFirst();
  }

  private static CommandException unknown(String id) {
    return CommandException.failed(
        "there is no rule " + SafeText.shortened(id, 40) + "; see: flightlog rules list");
  }
}
