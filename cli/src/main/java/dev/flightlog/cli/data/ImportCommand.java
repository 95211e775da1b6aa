package dev.flightlog.cli.data;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Console;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Progress;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.Formats;
import dev.flightlog.home.index.GivingWay;
import dev.flightlog.home.index.Index;
import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.ImportReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code import}: reads files and folders where they are, each line once. */
public final class ImportCommand implements Command {
  private static final String AUTO = "auto";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "import",
            "Read transcripts and logs where they are, folders with all that is below them. Importing again, or a copy,"
                + " changes nothing; an import that was interrupted goes on where it was.")
        .takes("PATH...", 1, Integer.MAX_VALUE)
        .with(
            Option.text(
                "--as",
                "FORMAT",
                "what the files hold: " + formats() + " (auto: found by content)"),
            Option.text(
                "--story", "STORY", "the story of these events, instead of branch or project"),
            Option.flag("--watch", "go on with what is written from now on, until Ctrl-C"))
        .example(
            "flightlog import ~/.claude/projects ~/.codex/sessions",
            "flightlog import build.jsonl --as jsonl --story 1.2");
  }

  @Override
  public Launch launch() {
    return Launch.IMPORT;
  }

  @Override
  public int run(Invocation call) {
    List<Path> paths = call.arguments().stream().map(ImportCommand::path).toList();
    ImportOptions options =
        call.home().importOptions().as(format(call)).story(call.option("--story"));
    try (Index index = Index.open(call.home())) {
      index.awaitTurn(Index.PATIENCE);
      if (call.flag("--watch")) {
        return watch(index, paths, options, call);
      }
      ImportResult result = importInto(index, paths, options, call.console());
      print(result, call);
      return result.isIncomplete() ? CommandException.SET_ASIDE : CommandException.OK;
    } catch (ImportException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Takes in our own journals, too, whenever something came: nobody else can write meanwhile. */
  private static int watch(Index index, List<Path> paths, ImportOptions options, Invocation call) {
    call.console().say("watching; Ctrl-C ends it");
    try (Progress progress = call.console().progress();
        GivingWay giving = new GivingWay(index)) {
      giving.start();
      index.follow(
          paths,
          options,
          listener(call.console(), progress),
          report -> {
            print(new ImportResult(report, 0, report.elapsedMs()), call);
            index.takeInJournals();
            learn(index, call.console());
          });
    }
    return CommandException.OK;
  }

  private static Path path(String word) {
    try {
      return Path.of(word);
    } catch (java.nio.file.InvalidPathException e) {
      throw CommandException.usage("this is no path: " + word);
    }
  }

  private static dev.flightlog.formats.@Nullable Format format(Invocation call) {
    String name = call.option("--as");
    if (name == null || name.equals(AUTO)) {
      return null;
    }
    dev.flightlog.formats.Format format = Formats.of(name);
    if (format == null) {
      throw CommandException.usage(
          "there is no format " + name + "; --as takes one of " + formats());
    }
    return format;
  }

  private static String formats() {
    return AUTO + ", " + Formats.names();
  }

  /** Imports with a progress bar, tells what was left out, and learns from what is new. */
  static ImportResult importInto(
      Index index, List<Path> paths, ImportOptions options, Console console) {
    long start = System.nanoTime();
    ImportReport report;
    AtomicLong leftOut = new AtomicLong();
    try (Progress progress = console.progress()) {
      ImportListener told = listener(console, progress);
      report =
          index.importFrom(
              paths,
              options,
              new ImportListener() {
                @Override
                public void progress(long doneBytes, long totalBytes) {
                  told.progress(doneBytes, totalBytes);
                }

                @Override
                public void skipped(Path file, String reason) {
                  leftOut.incrementAndGet();
                  told.skipped(file, reason);
                }
              });
    }
    if (report.lines() > 0) {
      learn(index, console);
    }
    return new ImportResult(
        report, leftOut.get(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static void learn(Index index, Console console) {
    try (Progress progress = console.progress()) {
      index.learn((done, total) -> progress.showCount(done, total, "events looked at"));
    }
  }

  /** Draws the progress, and tells what is left out. */
  static ImportListener listener(Console console, Progress progress) {
    return new ImportListener() {
      @Override
      public void progress(long doneBytes, long totalBytes) {
        progress.show(doneBytes, totalBytes, "");
      }

      @Override
      public void skipped(Path file, String reason) {
        progress.close();
        console.say("left out " + file + ": " + reason);
      }
    };
  }

  private static void print(ImportResult result, Invocation call) {
    if (call.format() == Format.TEXT) {
      call.console().out().println(words(result, call.settings().home()));
    } else {
      ImportReport report = result.report();
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put("files", report.files());
      counts.put("lines", report.lines());
      counts.put("imported", report.imported());
      counts.put("duplicates", report.duplicates());
      counts.put("quarantined", report.quarantined());
      counts.put("unknown", report.unknown());
      counts.put("strange_fields", (long) report.strangeFields().size());
      counts.put("left_out", result.leftOut());
      counts.put("sessions", report.sessions());
      counts.put("elapsed_ms", result.elapsedMs());
      if (call.format() == Format.JSON) {
        call.console().out().println(new JsonWriter().value(counts));
      } else {
        Table table = new Table(List.copyOf(counts.keySet()));
        table.add(counts.values().toArray());
        table.print(Format.CSV, call.console().out());
      }
    }
    call.console().out().flush();
  }

  static String words(ImportResult result, Path home) {
    ImportReport report = result.report();
    StringBuilder out = new StringBuilder();
    out.append(Table.count(report.imported(), "new event"))
        .append(" from ")
        .append(Table.count(report.lines(), "line"))
        .append(" of ")
        .append(Table.count(report.files(), "file"))
        .append(" (")
        .append(Table.count(report.sessions(), "session"))
        .append(") in ")
        .append(String.format(Locale.ROOT, "%.1f s", result.elapsedMs() / 1000.0));
    if (report.duplicates() > 0) {
      out.append("; ").append(Table.count(report.duplicates(), "event")).append(" known before");
    }
    if (report.quarantined() > 0) {
      out.append("; ")
          .append(Table.count(report.quarantined(), "piece"))
          .append(" that is no event set aside in ")
          .append(home.resolve("quarantine"));
    }
    if (report.unknown() > 0) {
      out.append("; ")
          .append(Table.count(report.unknown(), "line"))
          .append(" of an unknown kind passed over (")
          .append(kinds(report.unknownKinds()))
          .append(')');
    }
    if (!report.strangeFields().isEmpty()) {
      out.append("; fields that this version does not know (")
          .append(kinds(report.strangeFields()))
          .append(')');
    }
    if (result.leftOut() > 0) {
      out.append("; ").append(Table.count(result.leftOut(), "file")).append(" left out");
    }
    return out.toString();
  }

  /** The most frequent ones, by name. */
  private static String kinds(Map<String, Long> kinds) {
    String most =
        kinds.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(5)
            .map(kind -> kind.getKey() + " " + kind.getValue())
            .collect(Collectors.joining(", "));
    return kinds.size() > 5 ? most + ", \u2026" : most;
  }
}
