package dev.flightlog.cli.data;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Progress;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.Reindex;
import java.io.IOException;

/** {@code reindex}: builds the index anew; see {@link Reindex}. */
public final class ReindexCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "reindex",
            "Build the index anew from the journals and all that was ever imported; keep what has no source any more.")
        .example("flightlog reindex");
  }

  @Override
  public Launch launch() {
    return Launch.IMPORT;
  }

  @Override
  public int run(Invocation call) throws IOException {
    Reindex.Result result;
    try (Progress progress = call.console().progress()) {
      result = new Reindex(call.home(), ImportCommand.listener(call.console(), progress)).run();
    }
    try (Index index = Index.open(call.home());
        Progress progress = call.console().progress()) {
      index.learn((done, total) -> progress.showCount(done, total, "events looked at"));
    }
    if (call.format() == Format.TEXT) {
      call.console()
          .out()
          .println(
              Table.count(result.events(), "event")
                  + " in the new index; "
                  + Table.count(result.kept(), "event")
                  + " of them from the old one, because their source is gone");
    } else {
      JsonWriter json = new JsonWriter().beginObject();
      json.key("events").number(result.events()).key("kept").number(result.kept());
      call.console().out().println(json.endObject());
    }
    call.console().out().flush();
    return CommandException.OK;
  }
}
