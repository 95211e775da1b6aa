package dev.flightlog.cli.lifecycle;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.lifecycle.HomeLifecycle;
import dev.flightlog.lifecycle.LifecycleException;
import dev.flightlog.lifecycle.SessionDeletion.Deleted;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.wording.SafeText;

/** {@code delete --session ID}: forgets a session for good. */
public final class DeleteCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "delete",
            "Delete a session for good: from the index and its sums, from journals and archives, which are written"
                + " anew. It does not come back when its transcript is imported again.")
        .with(Option.text("--session", "ID", "the session, as 'flightlog ask sessions' names it"))
        .example("flightlog delete --session 4f1c0c7e-93a2-4d10-8a55-0d5f2c1f7f4e");
  }

  @Override
  public int run(Invocation call) {
    String session = call.option("--session");
    if (session == null || session.isBlank()) {
      throw CommandException.usage("delete needs --session ID; see: flightlog ask sessions");
    }
    try (Index index = Index.open(call.home())) {
      HomeLifecycle lifecycle = new HomeLifecycle(index);
      index.awaitTurn(Index.PATIENCE);
      return told(lifecycle.delete(session), session, call);
    } catch (LifecycleException | ArchiveException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static int told(Deleted deleted, String session, Invocation call) {
    deleted.notes().forEach(call.console()::say);
    if (call.format() == Format.TEXT) {
      call.console()
          .out()
          .println(
              "deleted session "
                  + SafeText.shortened(session, 80)
                  + ": "
                  + Table.count(deleted.events(), "event")
                  + " of the index, "
                  + Table.count(deleted.journalLines(), "line")
                  + " of journals, "
                  + Table.count(deleted.archiveLines(), "line")
                  + " of archives; it is not taken in again");
    } else {
      JsonWriter json = new JsonWriter().beginObject();
      json.key("session_id").string(session).key("events").number(deleted.events());
      json.key("journal_lines").number(deleted.journalLines());
      json.key("archive_lines").number(deleted.archiveLines());
      call.console().out().println(json.endObject());
    }
    call.console().out().flush();
    return CommandException.OK;
  }
}
