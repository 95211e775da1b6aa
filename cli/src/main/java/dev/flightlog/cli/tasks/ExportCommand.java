package dev.flightlog.cli.tasks;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.EventLines;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.questions.NamedOptions;
import dev.flightlog.home.index.Index;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.tasks.csv.TaskCsv;
import dev.flightlog.tasks.index.TaskIndex;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** {@code export}: all tasks or events as CSV, written as they are read. */
public final class ExportCommand implements Command {
  /** What of the options of events chooses tasks, too. */
  private static final List<String> OF_TASKS = List.of("--since", "--until", "--timezone");

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "export",
            "Write tasks or events as CSV that spreadsheets open: to FILE, which appears when it is complete, else to"
                + " standard output. Confidences of tasks are 0 to 100, times are seconds. Or write one session as one"
                + " file for others, redacted again, without scripts: it is shown what will be in it, and written with --yes.")
        .takes("tasks|events [FILE]|session ID", 1, 2)
        .with(
            Option.flag("--csv", "tasks, events: as CSV; there is no other form"),
            Option.text("--html", "FILE", "session: as HTML, to this file"),
            Option.text("--markdown", "FILE", "session: as Markdown, to this file"),
            Option.flag("--yes", "session: write the file"))
        .with(NamedOptions.EVENTS)
        .example(
            "flightlog export tasks --csv task_report.csv",
            "flightlog export session 4be8bc6d-1c86-4f6e-9d6e-3a4c3a9b6f5e --html session.html",
            "flightlog export events --csv --since 7d > events.csv");
  }

  @Override
  public Launch launch() {
    return Launch.TASKS;
  }

  @Override
  public int run(Invocation call) throws IOException {
    String what = call.arguments().getFirst();
    if (what.equals("session")) {
      return SessionExport.run(call);
    }
    if (!what.equals("tasks") && !what.equals("events")) {
      throw CommandException.usage("'export' writes tasks, events or a session, not " + what);
    }
    if (what.equals("tasks")) {
      checkPeriodOnly(call);
    }
    if (call.format() == Format.JSON) {
      throw CommandException.usage(
          "'export' writes CSV; for JSON there are 'search --format json' and 'sql --format json'");
    }
    try (Index index = Index.fresh(call.home())) {
      if (call.arguments().size() == 1) {
        standardOutput(what, index, call);
      } else {
        toFile(what, index, call, Path.of(call.arguments().get(1)).toAbsolutePath());
      }
    }
    return CommandException.OK;
  }

  private static void checkPeriodOnly(Invocation call) {
    for (Option option : NamedOptions.EVENTS) {
      if (call.flag(option.name()) && !OF_TASKS.contains(option.name())) {
        throw CommandException.usage(
            "'export tasks' takes no "
                + option.name()
                + ": tasks are chosen by "
                + String.join(", ", OF_TASKS)
                + "; 'export events' takes it");
      }
    }
  }

  private static void standardOutput(String what, Index index, Invocation call) {
    try {
      write(what, index, call, call.console().out());
    } catch (IOException | UncheckedIOException e) {
      throw CommandException.failed("the output ended early: " + e.getMessage());
    }
  }

  private static void toFile(String what, Index index, Invocation call, Path file)
      throws IOException {
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw CommandException.usage(
          "there is no folder for " + file + ": make it, or name another file");
    }
    Path beside = folder.resolve(file.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(beside)) {
        write(what, index, call, out);
      }
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UncheckedIOException e) {
      throw CommandException.failed(
          file + " cannot be written (" + e.getMessage() + "): check its folder");
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void write(String what, Index index, Invocation call, OutputStream out)
      throws IOException {
    Writer writer =
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    if (what.equals("tasks")) {
      tasks(index, call, writer);
    } else {
      events(index, call, writer);
    }
    writer.flush();
  }

  private static void tasks(Index index, Invocation call, Writer writer) throws IOException {
    TaskCsv csv = new TaskCsv(writer);
    Long since = NamedOptions.since(call);
    Long until = NamedOptions.until(call);
    try (TaskIndex tasks = index.tasks()) {
      tasks.each(
          since == null ? Long.MIN_VALUE : since,
          until == null ? Long.MAX_VALUE : until,
          task -> {
            try {
              csv.write(task);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static void events(Index index, Invocation call, Writer writer) throws IOException {
    EventLines lines = new EventLines(writer);
    try (Answer answer = index.store().read(ReadRequest.oldestFirst(NamedOptions.filter(call)))) {
      Filter unmet = answer.unmet();
      answer.events().filter(unmet::matches).forEach(lines::write);
    }
  }
}
