package dev.flightlog.cli.rules;

import dev.flightlog.analysis.Observers;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.home.index.Index;
import dev.flightlog.learning.rules.Backtest;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.ToolCalls;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code rules backtest}: what rules of the earlier sessions say about errors of the later ones.
 */
final class BacktestAction {
  private BacktestAction() {}

  /** A session, and when it began in microseconds since 1970. */
  private record Begun(String session, long micros) {}

  static int run(Invocation call) {
    List<Begun> sessions;
    Set<String> earlier = new HashSet<>();
    Backtest test;
    try (Index index = Index.fresh(call.home())) {
      EventStore store = index.store();
      sessions = sessions(store);
      if (sessions.size() < 4) {
        throw CommandException.failed(
            "there are only "
                + Units.count(sessions.size(), "session")
                + "; a backtest needs at least 4, to learn from half of them");
      }
      sessions.subList(0, sessions.size() / 2).forEach(each -> earlier.add(each.session));
      List<ErrorFact> errors = Observers.digest(store).refresh().all(ErrorFact.class);
      ToolCalls calls =
          ToolCalls.of(store, Filter.in(Attribute.of(Field.SESSION_ID), List.copyOf(earlier)));
      test = Backtest.of(errors, earlier, calls);
    }
    if (call.format() == Format.TEXT) {
      print(call, test, earlier.size(), sessions);
    } else {
      table(test).print(call.format(), call.console().out());
    }
    return CommandException.OK;
  }

  private static List<Begun> sessions(EventStore store) {
    List<Begun> sessions = new ArrayList<>();
    Aggregate begun =
        Aggregate.of(Filter.EVERYTHING, Measure.min(Attribute.of(Field.TIMESTAMP)))
            .by(Field.SESSION_ID);
    for (Row row : store.aggregate(begun)) {
      String session = row.text(0);
      if (session != null) {
        sessions.add(new Begun(session, row.whole(0)));
      }
    }
    sessions.sort(Comparator.comparingLong(Begun::micros).thenComparing(Begun::session));
    return sessions;
  }

  private static void print(Invocation call, Backtest test, int earlier, List<Begun> sessions) {
    PrintStream out = call.console().out();
    out.println(
        "Learnt from "
            + Units.count(earlier, "session")
            + " before "
            + Timestamps.text(sessions.get(earlier).micros).substring(0, 10)
            + ", held against the "
            + (sessions.size() - earlier)
            + " since:");
    for (Rule rule : test.rules()) {
      out.println("  " + rule.id() + "  " + rule.text());
    }
    long checks =
        test.classes().stream()
            .filter(Backtest.ErrorClass::isCheck)
            .mapToLong(Backtest.ErrorClass::repeated)
            .sum();
    out.println(
        "Of "
            + Units.count(test.repeated(), "repeated error")
            + " of the later sessions a rule speaks of "
            + test.covered()
            + (test.repeated() == 0
                ? ""
                : " (" + Units.share((double) test.covered() / test.repeated()) + ")")
            + "; exits of tests, linters and builds ("
            + checks
            + ") apart:");
    for (Backtest.ErrorClass each : test.classes()) {
      out.println(
          "  "
              + each.repeated()
              + "  "
              + SafeText.shortened(each.label(), 60)
              + ": "
              + (each.isCheck()
                  ? "apart"
                  : each.rule().map(rule -> "rule " + rule.id()).orElse("no rule")));
    }
    out.println(
        call.hint(
            "A rule that was there is not a rule that helped: flightlog rules approve ID --trial"));
  }

  private static Table table(Backtest test) {
    Table table = new Table(List.of("class", "repeated_errors", "rule", "text", "apart"), 200);
    for (Backtest.ErrorClass each : test.classes()) {
      table.add(
          each.label(),
          each.repeated(),
          each.rule().map(Rule::id).orElse(null),
          each.rule().map(Rule::text).orElse(null),
          each.isCheck());
    }
    return table;
  }
}
