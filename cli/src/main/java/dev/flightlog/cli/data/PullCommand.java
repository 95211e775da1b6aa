package dev.flightlog.cli.data;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.Format;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.Formats;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.ImportReport;
import dev.flightlog.shipping.pull.Pull;
import dev.flightlog.shipping.pull.PullException;
import dev.flightlog.shipping.pull.Pulled;
import dev.flightlog.shipping.pull.RemoteHome;
import dev.flightlog.wording.Units;
import java.nio.file.Path;
import java.util.List;

/** {@code pull}: what another machine recorded and knows, over the user's own ssh. */
public final class PullCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "pull",
            "Copy the journals of another machine, and the sources that were imported there, over ssh into the folder"
                + " 'pulled' of this home, and import them. ssh is the one of the PATH, with your keys and"
                + " ~/.ssh/config, and never asks for a password. Only what is new is copied; what broke off goes on"
                + " where it stopped. HOME is the home there, ~/.flightlog without it.")
        .takes("USER@HOST[:HOME]", 1, 1)
        .with(
            Option.many(
                "--ssh-option",
                "NAME=VALUE",
                "an option of ssh, as its -o takes it; may be given again"))
        .example(
            "flightlog pull me@laptop",
            "flightlog pull me@build.example.org:/srv/flightlog",
            "flightlog pull me@laptop --ssh-option Port=2222 --ssh-option IdentityFile=~/.ssh/other");
  }

  @Override
  public Launch launch() {
    return Launch.IMPORT;
  }

  @Override
  public int run(Invocation call) {
    RemoteHome remote;
    try {
      remote = RemoteHome.of(call.arguments().getFirst(), call.options("--ssh-option"));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
    Home home = call.home();
    Pulled pulled;
    try {
      pulled = new Pull(remote, home.file("pulled"), home.environment(), call.console()::say).run();
    } catch (PullException e) {
      throw CommandException.failed(
          e.getMessage() + "; what came until now is kept, and the next 'flightlog pull' goes on");
    }
    pulled.left().forEach(each -> call.console().say("left out " + each));
    long imported = 0;
    long known = 0;
    long aside = 0;
    try (Index index = Index.open(home)) {
      for (Pulled.PulledSource source : pulled.sources()) {
        ImportReport report = imported(index, source, call);
        imported += report.imported();
        known += report.duplicates();
        aside += report.quarantined();
      }
    }
    tell(call, remote, pulled, imported, known);
    return aside > 0 || !pulled.left().isEmpty() ? CommandException.SET_ASIDE : CommandException.OK;
  }

  private static ImportReport imported(Index index, Pulled.PulledSource source, Invocation call) {
    String as = source.as();
    ImportOptions options =
        call.home().importOptions().as(as == null ? null : Formats.of(as)).story(source.story());
    List<Path> paths = List.of(source.path());
    ImportListener listener =
        new ImportListener() {
          @Override
          public void skipped(Path file, String reason) {
            call.console().say("left out " + file + ": " + reason);
          }
        };
    try {
      return index.importFrom(paths, options, listener);
    } catch (ImportException e) {
      throw CommandException.failed(
          e.getMessage()
              + " The copies are there; to import them: flightlog import "
              + source.path());
    }
  }

  private static void tell(
      Invocation call, RemoteHome remote, Pulled pulled, long imported, long known) {
    if (call.format() == Format.TEXT) {
      call.console()
          .out()
          .println(
              Units.count(pulled.files(), "file")
                  + " of "
                  + remote.host()
                  + ", "
                  + Units.count(pulled.bytes() >> 10)
                  + " KiB of them new: "
                  + Units.count(imported, "event")
                  + " imported, "
                  + Units.count(known)
                  + " known before");
    } else {
      JsonWriter json = new JsonWriter().beginObject().key("from").string(remote.host());
      json.key("files").number(pulled.files()).key("bytes").number(pulled.bytes());
      json.key("left_out").number(pulled.left().size());
      json.key("imported").number(imported).key("duplicates").number(known);
      call.console().out().println(json.endObject());
    }
    call.console().out().flush();
  }
}
