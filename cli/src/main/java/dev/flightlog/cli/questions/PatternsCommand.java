package dev.flightlog.cli.questions;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.LineTemplateRows;
import dev.flightlog.cli.output.Table;
import dev.flightlog.patterns.templates.Template;
import dev.flightlog.patterns.templates.TemplatedLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * {@code patterns}: what recurs in what was recorded, of all kinds or of one; {@code patterns
 * lines}: the templates of any text file.
 */
public final class PatternsCommand implements Command {
  private static final int SHOWN = 20;
  private static final List<String> KINDS =
      List.of("errors", "sequences", "bottlenecks", "interactions");

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "patterns",
            "Show what recurs: error templates, what follows what, where the time goes, what people step in for. With"
                + " 'lines FILE', what the lines of any text file have in common: text shows the templates with their"
                + " counts; csv and json give every line its template: line (from 1), template_id, template (<*>"
                + " where lines differ).")
        .takes("[" + String.join("|", KINDS) + "|lines FILE]", 0, 2)
        .with(NamedOptions.NARROWING)
        .with(
            Option.number("--limit", "N", "lines, text: at most so many templates (" + SHOWN + ")"))
        .example(
            "flightlog patterns",
            "flightlog patterns sequences --since 4w",
            "flightlog patterns lines server.log --format csv");
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<String> words = call.arguments();
    if (words.isEmpty() || (words.size() == 1 && KINDS.contains(words.getFirst()))) {
      return AskCommand.answer(call, "patterns", words);
    }
    if (words.size() != 2 || !words.getFirst().equals("lines")) {
      throw CommandException.usage(
          "patterns knows "
              + String.join(", ", KINDS)
              + " and 'lines FILE', not '"
              + String.join(" ", words)
              + "'");
    }
    return lines(call);
  }

  private static int lines(Invocation call) throws IOException {
    Integer limit = call.number("--limit");
    if (limit != null && limit < 1) {
      throw CommandException.usage("--limit is at least 1, not " + limit);
    }
    Path file = file(call.arguments().get(1));
    if (Files.isRegularFile(file)) {
      print(file, call, limit == null ? SHOWN : limit);
    } else {
      Path copy = copyOf(file);
      try {
        print(copy, call, limit == null ? SHOWN : limit);
      } finally {
        Files.delete(copy);
      }
    }
    return CommandException.OK;
  }

  private static Path file(String name) {
    try {
      Path file = Path.of(name);
      if (Files.isDirectory(file)) {
        throw CommandException.usage(name + " is a folder: name a text file");
      }
      if (!Files.isReadable(file)) {
        throw CommandException.failed(name + " cannot be read: name a text file that is there");
      }
      return file;
    } catch (InvalidPathException e) {
      throw CommandException.usage(name + " is no name of a file (" + e.getReason() + ")");
    }
  }

  /** A pipe gives its lines once, and they are wanted twice. */
  private static Path copyOf(Path pipe) throws IOException {
    Path copy = Files.createTempFile("flightlog", ".lines");
    try (InputStream in = Files.newInputStream(pipe)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private static void print(Path file, Invocation call, int limit) throws IOException {
    TemplatedLines lines = TemplatedLines.learn(file);
    if (call.format() != Format.TEXT) {
      LineTemplateRows rows = new LineTemplateRows(call.format(), call.console().out());
      lines.tell(rows::line);
      rows.finish();
      return;
    }
    List<Template> templates = lines.templates().templates();
    Table table = new Table(List.of("lines", "template_id", "template"));
    for (Template each : templates.subList(0, Math.min(limit, templates.size()))) {
      table.add(each.count(), each.id(), each.text());
    }
    table.print(Format.TEXT, call.console().out(), call.console().screen());
    call.console().out().flush();
    String more =
        templates.size() > limit
            ? "; +" + (templates.size() - limit) + " more: --limit " + templates.size()
            : "";
    call.console()
        .say(
            Table.count(lines.lines(), "line")
                + ", "
                + Table.count(templates.size(), "template")
                + more);
  }
}
