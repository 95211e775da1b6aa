package dev.flightlog.cli.runs;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.reconciliation.Reconciler;
import dev.flightlog.runs.reconciliation.Reconciliation;
import dev.flightlog.runs.reconciliation.ReconciliationLog;
import dev.flightlog.runs.reconciliation.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** {@code run reconcile}: what runs recorded beside what a provider bills. */
final class RunReconcile {
  private RunReconcile() {}

  static int run(List<RunFolder> runs, List<Path> reports, Invocation call) throws IOException {
    Reconciliation check = Reconciler.compare(runs, reports);
    int equal = Integer.MAX_VALUE;
    for (RunFolder run : runs) {
      equal = Math.min(equal, ReconciliationLog.note(run, check, call.home().clock().instant()));
    }
    Table table =
        new Table(List.of("kind", "billed", "explained", "unexplained", "recorded_not_billed"));
    row(table, "uncached input", check, Tokens::uncachedInput);
    row(table, "cache reads", check, Tokens::cacheRead);
    row(table, "cache writes", check, Tokens::cacheWrite);
    row(table, "output", check, Tokens::output);
    row(table, "all tokens", check, Tokens::all);
    row(table, "requests", check, Tokens::requests);
    table.add(
        "USD",
        check.billedUsd().doubleValue(),
        check.explainedUsd().doubleValue(),
        check.unexplainedUsd().doubleValue(),
        null);
    table.print(call.format(), call.console().out(), call.console().screen());
    if (call.format() == Format.TEXT) {
      steps(check, call);
    }
    call.console().out().flush();
    call.console()
        .say(
            String.format(Locale.ROOT, "%.1f %% of the bill is explained; ", 100 * check.coverage())
                + (check.outside() > 0
                    ? Table.count(check.outside(), "recorded call")
                        + " outside of the reported times: export later, or more"
                    : equal >= ReconciliationLog.CHECKS
                        ? "stable"
                        : equal
                            + " of "
                            + ReconciliationLog.CHECKS
                            + " equal checks; export and reconcile again later"));
    return CommandException.OK;
  }

  private static void row(
      Table table, String kind, Reconciliation check, ToLongFunction<Tokens> of) {
    table.add(
        kind,
        of.applyAsLong(check.billed()),
        of.applyAsLong(check.explained()),
        of.applyAsLong(check.unexplained()),
        of.applyAsLong(check.notReported()));
  }

  private static void steps(Reconciliation check, Invocation call) {
    Table table = new Table(List.of("run_id", "step", "recorded", "in_buckets_that_bill_as_much"));
    check
        .steps()
        .forEach(step ->
            table.add(
                step.runId(),
                step.step() < 0 ? null : step.step(),
                step.recorded().all(),
                step.confirmed().all()));
    call.console().out().println();
    table.print(Format.TEXT, call.console().out(), call.console().screen());
  }
}
