package dev.flightlog.cli.lifecycle;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.lifecycle.HomeLifecycle;
import dev.flightlog.home.lifecycle.Transcripts;
import dev.flightlog.home.tasks.HomeTasks;
import dev.flightlog.lifecycle.LifecycleException;
import dev.flightlog.lifecycle.LifecycleRun;
import dev.flightlog.lifecycle.WeekState;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.archive.ArchiveFolder;
import dev.flightlog.lifecycle.archive.Restoring;
import dev.flightlog.lifecycle.archive.Verification;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.archive.WeekArchive;
import dev.flightlog.wording.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code archive}: moves old events on, and takes them back. */
public final class ArchiveCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "archive",
            "Move old events on: journals after 7 days and rows of the index after 4 weeks into an archive a week,"
                + " after 3 months a summary a quarter; sums go on answering. 'list' shows the weeks, 'verify' checks"
                + " their files, 'thaw WEEK' takes one back into the index for a week, 'restore WEEK' writes it out as"
                + " the journals it was, 'preserve' keeps transcripts before their owner deletes them.")
        .takes("[run|list|verify|thaw|restore|preserve] [WEEK…]", 0, 60)
        .with(
            Option.flag("--dry-run", "of run: only say what would move"),
            Option.flag(
                "--yes", "of run: go on although it would delete much, or the clock is odd"),
            Option.text("--to", "DIR", "of restore: where to (default: restored/WEEK in the home)"))
        .example(
            "flightlog archive run --dry-run",
            "flightlog archive list",
            "flightlog archive thaw 2025-W38",
            "flightlog archive restore 2025-W38 --to /tmp/w38");
  }

  @Override
  public int run(Invocation call) {
    List<String> words = call.arguments();
    String action = words.isEmpty() ? "list" : words.getFirst();
    List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
    try (Index index = Index.open(call.home())) {
      return switch (action) {
        case "run" -> runs(index, call);
        case "list" -> list(new HomeLifecycle(index), call);
        case "verify" -> verify(new HomeLifecycle(index), rest, call);
        case "thaw" -> thaw(index, weeks(rest, action), call);
        case "preserve" -> preserve(call);
        case "restore" -> restore(new HomeLifecycle(index), weeks(rest, action), call);
        default ->
            throw CommandException.usage(
                "archive has no action '"
                    + SafeText.shortened(action, 40)
                    + "'; there are run, list, verify, thaw, restore and preserve");
      };
    } catch (LifecycleException | ArchiveException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static List<Week> weeks(List<String> words, String action) {
    if (words.isEmpty()) {
      throw CommandException.usage(
          "archive "
              + action
              + " needs a WEEK such as 2025-W38; flightlog archive list shows them");
    }
    List<Week> weeks = new ArrayList<>();
    for (String word : words) {
      weeks.add(week(word));
    }
    return weeks;
  }

  private static Week week(String word) {
    return Week.parse(word)
        .orElseThrow(() ->
            CommandException.usage(
                "'" + SafeText.shortened(word, 40) + "' is no week; such as 2025-W38"));
  }

  private static int runs(Index index, Invocation call) {
    boolean dry = call.flag("--dry-run");
    HomeLifecycle home = new HomeLifecycle(index);
    if (!dry) {
      index.awaitTurn(Index.PATIENCE);
    }
    LifecycleRun run = dry ? home.preview() : home.run(call.flag("--yes"));
    if (!dry) {
      sweepTasks(call);
    }
    if (call.format() == Format.TEXT) {
      boolean shared = HomeShipping.isShared(call.home());
      call.console().out().print(RunText.of(run, dry, shared));
    } else {
      call.console().out().println(RunText.json(run));
    }
    call.console().out().flush();
    return CommandException.OK;
  }

  /** Old task folders age with the events. */
  private static void sweepTasks(Invocation call) {
    if (!Files.isDirectory(call.settings().taskLogs())) {
      return;
    }
    try (HomeTasks tasks = HomeTasks.of(call.home())) {
      tasks.folders().sweep(call.home().clock().instant());
    } catch (IOException e) {
      throw CommandException.failed("the task folders cannot be tidied: " + e);
    }
  }

  private static int list(HomeLifecycle home, Invocation call) {
    Map<Week, WeekState> weeks = home.lifecycle().weeks();
    if (weeks.isEmpty() && call.format() == Format.TEXT) {
      call.console()
          .say("nothing is archived yet; to see what would be: flightlog archive run --dry-run");
      return CommandException.OK;
    }
    Table table =
        new Table(
            List.of("week", "state", "lines", "imported", "not_in_index", "bytes", "file"), 200);
    weeks.forEach((week, state) -> {
      WeekArchive archive = state.archive();
      table.add(
          week.toString(),
          state.temperature(),
          archive == null ? 0L : archive.lines(),
          archive == null ? 0L : archive.others(),
          state.released(),
          archive == null ? 0L : archive.bytes(),
          archive == null ? "" : home.lifecycle().archives().folder().file(week).toString());
    });
    table.print(call.format(), call.console().out(), call.console().screen());
    call.console().out().flush();
    return CommandException.OK;
  }

  private static int verify(HomeLifecycle home, List<String> words, Invocation call) {
    ArchiveFolder folder = home.lifecycle().archives().folder();
    folder.recover();
    List<Week> weeks = new ArrayList<>();
    if (words.isEmpty()) {
      folder.list().forEach(archive -> weeks.add(archive.week()));
    } else {
      words.forEach(word -> weeks.add(week(word)));
    }
    Table table = new Table(List.of("week", "ok", "detail"), 300);
    boolean ok = true;
    for (Week week : weeks) {
      switch (folder.verify(week)) {
        case Verification.Sound sound ->
            table.add(week.toString(), true, Table.count(sound.archive().lines(), "line"));
        case Verification.Unhashed unhashed -> table.add(week.toString(), true, unhashed.why());
        case Verification.Damaged damaged -> {
          table.add(week.toString(), false, damaged.why());
          ok = false;
        }
      }
    }
    table.print(call.format(), call.console().out(), call.console().screen());
    call.console().out().flush();
    return ok ? CommandException.OK : CommandException.FAILED;
  }

  private static int thaw(Index index, List<Week> weeks, Invocation call) {
    HomeLifecycle home = new HomeLifecycle(index);
    index.awaitTurn(Index.PATIENCE);
    long rows = home.thaw(weeks);
    tell(
        call,
        "rows",
        rows,
        rows == 0
            ? "these weeks are in the index already, or have no events"
            : Table.count(rows, "event")
                + (rows == 1 ? " is" : " are")
                + " back in the index, until a run of 'flightlog archive run' after a week");
    return CommandException.OK;
  }

  private static void tell(Invocation call, String key, long number, String text) {
    if (call.format() == Format.TEXT) {
      call.console().out().println(text);
    } else {
      call.console()
          .out()
          .println(new JsonWriter().beginObject().key(key).number(number).endObject());
    }
    call.console().out().flush();
  }

  private static int restore(HomeLifecycle home, List<Week> weeks, Invocation call) {
    Table table = new Table(List.of("file", "lines"), 300);
    for (Week week : weeks) {
      Restoring.restore(home.lifecycle().archives(), week, folder(week, weeks.size() > 1, call))
          .forEach((file, lines) -> table.add(file.toString(), lines));
    }
    table.print(call.format(), call.console().out(), call.console().screen());
    call.console().out().flush();
    return CommandException.OK;
  }

  private static int preserve(Invocation call) {
    Transcripts.Preserved done = new Transcripts(call.home()).preserve();
    done.failed().forEach(call.console()::say);
    tell(
        call,
        "copied",
        done.copied(),
        Table.count(done.copied(), "transcript")
            + " copied to "
            + Transcripts.folder(call.home())
            + ", of "
            + Table.count(done.transcripts(), "transcript"));
    return done.failed().isEmpty() ? CommandException.OK : CommandException.SET_ASIDE;
  }

  private static Path folder(Week week, boolean several, Invocation call) {
    String told = call.option("--to");
    if (told == null) {
      return call.home().file("restored").resolve(week.toString());
    }
    try {
      return several ? Path.of(told).resolve(week.toString()) : Path.of(told);
    } catch (InvalidPathException e) {
      throw CommandException.usage("this is no path: " + told);
    }
  }
}
