package dev.flightlog.cli.data;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.JournalFiles;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.recorder.Journals;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Health;
import dev.flightlog.store.Measure;
import dev.flightlog.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code doctor}: looks at everything that can be wrong with a home, and says how to mend it. */
public final class DoctorCommand implements Command {
  private static final long LITTLE_SPACE = 200L << 20;

  private record Check(String name, boolean ok, String detail) {}

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "doctor",
            "Check the home: permissions, settings, journals, index, quarantine, space. Exit code 1 when something is"
                + " wrong.")
        .example("flightlog doctor --format json");
  }

  @Override
  public int run(Invocation call) {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("java", Runtime.version().feature() >= 25, "Java " + Runtime.version()));
    if (settings(call, checks)) {
      checks.add(home(call));
      checks.add(recovery(call));
      index(call, checks);
      checks.add(quarantine(call));
      checks.add(space(call));
    }
    boolean ok = checks.stream().allMatch(Check::ok);
    print(checks, ok, call);
    return ok ? CommandException.OK : CommandException.FAILED;
  }

  private static boolean settings(Invocation call, List<Check> checks) {
    try {
      List<String> unknown = call.settings().unknownKeys();
      checks.add(
          new Check(
              "settings",
              true,
              unknown.isEmpty()
                  ? "from "
                      + call.settings().home().resolve("config.json")
                      + ", the environment, and defaults"
                  : "not used by this version: " + String.join(", ", unknown)));
      return true;
    } catch (HomeException e) {
      checks.add(new Check("settings", false, String.valueOf(e.getMessage())));
      return false;
    }
  }

  private static Check home(Invocation call) {
    try {
      Path home = call.home().folder();
      if (!Files.isWritable(home) || !Files.isWritable(call.home().journals())) {
        return new Check("home", false, home + " cannot be written: chown or chmod it");
      }
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(home);
      boolean others = modes.stream().anyMatch(mode -> !mode.name().startsWith("OWNER"));
      return new Check(
          "home",
          !others,
          home + (others ? " can be read by others: chmod 700 " + home : ", for its owner only"));
    } catch (UnsupportedOperationException e) {
      return new Check("home", true, call.home() + " (no POSIX permissions here)");
    } catch (IOException | CommandException e) {
      return new Check("home", false, String.valueOf(e.getMessage()));
    }
  }

  private static Check recovery(Invocation call) {
    Journals.Recovered recovered = Journals.recover(call.home().journals());
    boolean ok = recovered.problems().isEmpty();
    String detail =
        recovered.rings() == 0
            ? "nothing was left behind by killed recorders"
            : Table.count(recovered.events(), "event")
                + " brought back from "
                + Table.count(recovered.rings(), "killed recorder");
    return new Check("recovery", ok, ok ? detail : String.join("; ", recovered.problems()));
  }

  private static void index(Invocation call, List<Check> checks) {
    List<Path> journals = JournalFiles.in(call.home().journals());
    try (Index index = Index.open(call.home())) {
      long before = index.store().check().events();
      index.takeInJournals();
      Health health = index.store().check();
      checks.add(
          new Check(
              "journals",
              true,
              Table.count(journals.size(), "file")
                  + ", "
                  + Table.count(health.events() - before, "new event")
                  + " taken in"));
      checks.add(
          new Check(
              "index",
              health.ok(),
              health.ok()
                  ? Table.count(health.events(), "event") + " in " + Index.file(call.home())
                  : health.detail()));
      String verdict = integrity(index);
      checks.add(
          new Check(
              "integrity",
              verdict.equals("ok"),
              verdict.equals("ok")
                  ? "SQLite " + version(index) + ", quick_check ok"
                  : verdict + ": run flightlog reindex"));
      checks.add(accounting(index));
      if (health.setAside() > 0) {
        checks.add(
            new Check(
                "results",
                true,
                Table.count(health.setAside(), "tool result")
                    + " whose call was not seen wait for it"));
      }
    } catch (StoreException | CommandException e) {
      checks.add(new Check("index", false, String.valueOf(e.getMessage())));
    }
  }

  private static String integrity(Index index) {
    return String.valueOf(
        index
            .sql("SELECT quick_check FROM pragma_quick_check", 1, Duration.ofMinutes(5))
            .rows()
            .getFirst()
            .getFirst());
  }

  private static String version(Index index) {
    return String.valueOf(
        index
            .sql("SELECT sqlite_version()", 1, Duration.ofSeconds(5))
            .rows()
            .getFirst()
            .getFirst());
  }

  /** What recorders had to drop they say in gap events. */
  private static Check accounting(Index index) {
    Filter gaps = Filter.is(Field.EVENT_TYPE, EventTypes.RECORDER_GAP);
    long dropped =
        index
            .store()
            .aggregate(Aggregate.of(gaps, Measure.sum(Attribute.detail("count"))))
            .getFirst()
            .whole(0);
    return new Check(
        "accounting",
        true,
        dropped == 0
            ? "no recorder has dropped an event"
            : Table.count(dropped, "event")
                + " dropped by recorders: flightlog search recorder_gap tells when");
  }

  private static Check quarantine(Invocation call) {
    Path folder = Index.quarantine(call.home());
    if (!Files.isDirectory(folder)) {
      return new Check("quarantine", true, "empty");
    }
    long pieces = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          pieces += lines.count();
        }
      }
      return new Check(
          "quarantine", true, Table.count(pieces, "piece") + " set aside in " + folder);
    } catch (IOException | java.io.UncheckedIOException e) {
      return new Check("quarantine", false, folder + " cannot be read: " + e.getMessage());
    }
  }

  private static Check space(Invocation call) {
    try {
      long free = Files.getFileStore(call.home().folder()).getUsableSpace();
      return new Check(
          "space",
          free >= LITTLE_SPACE,
          Table.count(free >> 20, "MiB").replace("MiBs", "MiB")
              + " free"
              + (free < LITTLE_SPACE ? ": make room" : ""));
    } catch (IOException e) {
      return new Check("space", false, "cannot be told: " + e.getMessage());
    }
  }

  private static void print(List<Check> checks, boolean ok, Invocation call) {
    if (call.format() == Format.JSON) {
      JsonWriter json =
          new JsonWriter().beginObject().key("ok").bool(ok).key("checks").beginArray();
      for (Check check : checks) {
        json.beginObject().key("name").string(check.name).key("ok").bool(check.ok);
        json.key("detail").string(check.detail).endObject();
      }
      call.console().out().println(json.endArray().endObject());
    } else {
      Table table = new Table(List.of("check", "ok", "detail"));
      checks.forEach(check -> table.add(check.name, check.ok ? "ok" : "WRONG", check.detail));
      table.print(call.format(), call.console().out());
    }
    call.console().out().flush();
  }
}
