package dev.flightlog.cli.questions;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.home.index.Index;
import dev.flightlog.store.sql.SqlAnswer;
import java.time.Duration;

/** {@code sql}: one reading statement on the index. */
public final class SqlCommand implements Command {
  private static final int SHOWN = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "sql",
            "Answer one SELECT on the index; nothing can be changed with it. The view events has a column for each"
                + " field (docs/format/journal.md); the field id is the column event_id, details is JSON:"
                + " details->>'tool', and micros is the time as a number, by which much is narrowed fastest. The view model_calls has a row for each usage of a model, with its cost by"
                + " the prices of now.")
        .takes("SELECT", 1, 1)
        .with(
            Option.number(
                "--limit",
                "N",
                "at most so many rows; text shows " + SHOWN + ", json and csv all, unless told"),
            Option.number("--timeout", "SECONDS", "how long it may take (5)"))
        .example(
            "flightlog sql \"SELECT details->>'tool' AS tool, count(*) AS calls FROM events"
                + " WHERE event_type = 'tool_call' GROUP BY 1\"");
  }

  @Override
  public int run(Invocation call) {
    Integer limit = call.number("--limit");
    Integer timeout = call.number("--timeout");
    if ((limit != null && limit < 1) || (timeout != null && timeout < 1)) {
      throw CommandException.usage("--limit and --timeout are at least 1");
    }
    boolean cut = limit == null && call.format() == Format.TEXT;
    int most = limit != null ? limit : cut ? SHOWN : Integer.MAX_VALUE;
    Duration patience = timeout == null ? PATIENCE : Duration.ofSeconds(timeout);
    try (Index index = Index.fresh(call.home())) {
      SqlAnswer answer = index.sql(call.arguments().getFirst(), most, patience);
      Table table = new Table(answer.columns());
      answer.rows().forEach(row -> table.add(row.toArray()));
      table.print(call.format(), call.console().out(), call.console().screen());
      call.console().out().flush();
      if (!answer.complete()) {
        call.console().say("there are more than " + most + " rows: give --limit a larger number");
      }
      index.tellArchived();
      return CommandException.OK;
    }
  }
}
