package dev.flightlog.cli.tasks;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.Index;
import dev.flightlog.tasks.live.StatsForms;
import dev.flightlog.tasks.live.StoredStats;
import dev.flightlog.tasks.live.TaskStats;
import dev.flightlog.wording.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code stats}: how tasks did in the last 1, 5 and 60 minutes, and altogether. */
public final class StatsCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "stats",
            "Show requests, outcomes, success and time of tasks in the last 1, 5 and 60 minutes and altogether, of all"
                + " agents or of one.")
        .takes("[AGENT]", 0, 1)
        .example("flightlog stats", "flightlog stats Writer --format json");
  }

  @Override
  public Launch launch() {
    return Launch.TASKS;
  }

  @Override
  public int run(Invocation call) {
    String agent = call.arguments().isEmpty() ? null : call.arguments().getFirst();
    try (Index index = Index.fresh(call.home())) {
      TaskStats stats = StoredStats.at(call.console().clock().instant(), index.store(), agent);
      print(stats, call);
      if (agent != null && stats.windows().getLast().total().outcomes() == 0) {
        call.console()
            .say("no task of " + SafeText.shortened(agent, 60) + " has come to its end yet");
      }
    }
    return CommandException.OK;
  }

  private static void print(TaskStats stats, Invocation call) {
    if (call.format() == Format.TEXT) {
      String text = StatsForms.text(stats, name -> SafeText.shortened(SafeText.sentence(name), 60));
      call.console().out().print(text);
    } else if (call.format() == Format.JSON) {
      call.console().out().println(new JsonWriter().value(StatsForms.map(stats)));
    } else {
      Table table = new Table(StatsForms.COLUMNS);
      for (List<@Nullable Object> row : StatsForms.rows(stats)) {
        table.add(row.toArray());
      }
      table.print(Format.CSV, call.console().out());
    }
    call.console().out().flush();
  }
}
