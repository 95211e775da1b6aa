package dev.flightlog.cli.alerts;

import dev.flightlog.alerts.budget.Budget;
import dev.flightlog.alerts.budget.BudgetBook;
import dev.flightlog.alerts.budget.BudgetException;
import dev.flightlog.alerts.budget.Standing;
import dev.flightlog.alerts.guard.GuardFiles;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.questions.HomeAnswerer;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code budget}: what may be spent in a day, week or month, what was, and whether it is too much.
 */
public final class BudgetCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "budget",
            "Show what is spent of each budget, at which pace, and what is left; 'check' ends with 1 when a budget is"
                + " exceeded, for scripts and CI; 'set' writes a budget of a day, week or month to budgets.json in the"
                + " home. Calls of unknown price are counted, and never taken as zero. 'stop' lets the hooks of Claude Code refuse"
                + " the tool calls of every session, or of one; 'allow' ends that.")
        .takes("[show|check|set day|week|month|stop [SESSION]|allow [SESSION]]", 0, 2)
        .with(
            Option.text("--usd", "USD", "set: the most US dollars"),
            Option.text("--tokens", "N", "set: the most tokens of all kinds, cached ones too"),
            Option.flag("--remove", "set: take the budget out"),
            Option.text(
                "--project", "P", "set: of this project alone; show, check: only its budgets"),
            Option.text("--reason", "TEXT", "stop: what the agent is told"),
            Option.flag("--pace", "check: also when a budget will be exceeded at this pace"))
        .example(
            "flightlog budget",
            "flightlog budget set month --usd 300",
            "flightlog budget set day --project shop --usd 20 --tokens 50000000",
            "flightlog budget stop --reason 'enough for today'",
            "flightlog budget check --format json || echo 'spent too much'");
  }

  @Override
  public int run(Invocation call) {
    List<String> words = call.arguments();
    String action = words.isEmpty() ? "show" : words.getFirst();
    boolean sets = action.equals("set");
    boolean guards = action.equals("stop") || action.equals("allow");
    if (!guards && sets != words.size() > 1) {
      throw CommandException.usage(
          sets
              ? "budget set needs a period: day, week or month"
              : "budget " + SafeText.shortened(action, 40) + " takes no further word");
    }
    try {
      switch (action) {
        case "show" -> {
          return show(call, standings(call));
        }
        case "check" -> {
          return check(call, standings(call));
        }
        case "set" -> {
          return set(words.get(1), call);
        }
        case "stop", "allow" -> {
          return guard(action.equals("stop"), words.size() > 1 ? words.get(1) : null, call);
        }
        default ->
            throw CommandException.usage(
                "budget has no action '"
                    + SafeText.shortened(action, 40)
                    + "'; there are show, check, set, stop and allow");
      }
    } catch (BudgetException | IOException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static List<Standing> standings(Invocation call) {
    String project = call.option("--project");
    List<Budget> budgets = new ArrayList<>(BudgetBook.inHome(call.home().path()).all());
    if (project != null) {
      budgets.removeIf(budget -> !project.equals(budget.project()));
    }
    if (budgets.isEmpty()) {
      call.console().say("there is no budget; to set one: flightlog budget set month --usd 300");
      return List.of();
    }
    try (Index index = Index.fresh(call.home())) {
      return Standing.of(
          budgets,
          index.store(),
          HomeAnswerer.pricing(call.home()),
          new Dates(call.settings().zone()),
          Timestamps.of(call.console().clock().instant()));
    }
  }

  private static int show(Invocation call, List<Standing> standings) {
    if (call.format() != Format.TEXT) {
      Table table =
          new Table(
              List.copyOf(
                  standings.isEmpty()
                      ? List.of("project", "period")
                      : standings.getFirst().values().keySet()));
      standings.forEach(each -> table.add(each.values().values().toArray()));
      table.print(call.format(), call.console().out());
      return CommandException.OK;
    }
    Table table =
        new Table(
            List.of("budget", "spent", "of", "share", "at this pace", "left", "unpriced calls"));
    for (Standing each : standings) {
      Budget budget = each.budget();
      String name =
          Budget.word(budget.period()) + (budget.project() == null ? "" : ", " + budget.project());
      Double usd = budget.usd();
      if (usd != null) {
        Double pace = each.paceUsd();
        table.add(
            name,
            each.spent().calls() == 0 ? "nothing" : each.spent().words(),
            Units.dollars(usd),
            Units.share(each.spentUsd() / usd),
            pace == null ? "-" : Units.dollars(pace),
            Units.dollars(Math.max(0, usd - each.spentUsd())),
            each.spent().unpriced());
      }
      Long tokens = budget.tokens();
      if (tokens != null) {
        Long pace = each.paceTokens();
        table.add(
            name,
            Units.tokens(each.spentTokens()) + " tokens",
            Units.tokens(tokens),
            Units.share((double) each.spentTokens() / tokens),
            pace == null ? "-" : Units.tokens(pace),
            Units.tokens(Math.max(0, tokens - each.spentTokens())),
            null);
      }
    }
    if (table.size() > 0) {
      table.print(call.format(), call.console().out(), call.console().screen());
    }
    tellUnpriced(call, standings);
    return CommandException.OK;
  }

  private static int check(Invocation call, List<Standing> standings) {
    boolean pace = call.flag("--pace");
    boolean ok = true;
    for (Standing each : standings) {
      if (each.isExceeded() || pace && each.paceExceeds()) {
        ok = false;
        call.console().say(sentence(each));
      }
    }
    if (call.format() == Format.JSON) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("ok", ok);
      json.put("budgets", standings.stream().map(Standing::values).toList());
      call.console().out().println(new JsonWriter().value(json));
      call.console().out().flush();
    } else if (call.format() == Format.CSV) {
      show(call, standings);
    }
    tellUnpriced(call, standings);
    return ok ? CommandException.OK : CommandException.FAILED;
  }

  private static String sentence(Standing standing) {
    return standing.words() + (standing.isExceeded() ? ": exceeded" : ": it will be exceeded");
  }

  private static void tellUnpriced(Invocation call, List<Standing> standings) {
    long unpriced = standings.stream().mapToLong(each -> each.spent().unpriced()).max().orElse(0);
    if (unpriced > 0) {
      call.console()
          .say(
              Units.count(unpriced, "call")
                  + " of unknown price not counted in dollars; to price them: flightlog prices set MODEL");
    }
  }

  private static int set(String word, Invocation call) {
    Period period =
        Budget.period(word)
            .orElseThrow(() ->
                CommandException.usage(
                    "a budget is of a day, week or month, not of '"
                        + SafeText.shortened(word, 40)
                        + "'"));
    String project = call.option("--project");
    BudgetBook book = BudgetBook.inHome(call.home().folder());
    String name = "the budget of a " + word + (project == null ? "" : " of " + project);
    if (call.flag("--remove")) {
      if (!book.remove(project, period)) {
        throw CommandException.failed("there is no " + name.substring(4));
      }
      call.console().say(name + " is gone");
      return CommandException.OK;
    }
    Double usd = dollars(call.option("--usd"));
    Long tokens = tokens(call.option("--tokens"));
    if (usd == null && tokens == null) {
      throw CommandException.usage("budget set needs --usd, --tokens, or --remove");
    }
    book.set(new Budget(project, period, usd, tokens));
    call.console().say(name + " is in " + call.home().path().resolve(BudgetBook.FILE));
    return CommandException.OK;
  }

  private static int guard(boolean stops, @Nullable String session, Invocation call)
      throws IOException {
    if (session != null && !GuardFiles.canName(session)) {
      throw CommandException.usage(
          "no session has an id such as '" + SafeText.shortened(session, 40) + "'");
    }
    GuardFiles files = GuardFiles.inHome(call.home().folder());
    String whose = session == null ? "every session" : "session " + session;
    if (stops) {
      String reason = call.option("--reason");
      files.stop(
          session,
          "Flightlog: "
              + (reason == null
                  ? call.hint("the user stopped it. To go on: flightlog budget allow")
                  : reason));
      call.console()
          .say(
              "tool calls of "
                  + whose
                  + " are refused by the hooks, until: flightlog budget allow"
                  + (session == null ? "" : " " + session));
      return CommandException.OK;
    }
    if (!files.allow(session, call.console().clock().instant())) {
      throw CommandException.failed("nothing is refused to " + whose);
    }
    call.console().say("tool calls of " + whose + " are refused no more");
    return CommandException.OK;
  }

  private static @Nullable Double dollars(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?") || Double.parseDouble(text) == 0) {
      throw CommandException.usage(
          "--usd is an amount of US dollars above 0 such as 12.50, not '"
              + SafeText.shortened(text, 40)
              + "'");
    }
    return Double.valueOf(text);
  }

  private static @Nullable Long tokens(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,15}") || Long.parseLong(text) == 0) {
      throw CommandException.usage(
          "--tokens is a whole number above 0, not '" + SafeText.shortened(text, 40) + "'");
    }
    return Long.valueOf(text);
  }
}
