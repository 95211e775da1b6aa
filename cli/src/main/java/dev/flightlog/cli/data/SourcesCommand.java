package dev.flightlog.cli.data;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.home.sources.Source;
import dev.flightlog.home.sources.Sources;
import dev.flightlog.wording.SafeText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code sources}: what was ever imported, and is looked at again before an answer. */
public final class SourcesCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "sources",
            "List what was ever imported, which is looked at again before every answer. 'forget PATH' looks there no"
                + " more, nor at anything below it; what was imported from it stays.")
        .takes("[list|forget PATH]", 0, 2)
        .example("flightlog sources", "flightlog sources forget ~/.codex/sessions");
  }

  @Override
  public int run(Invocation call) {
    List<String> words = call.arguments();
    String action = words.isEmpty() ? "list" : words.getFirst();
    Sources sources = Sources.of(call.home());
    switch (action) {
      case "list" -> list(sources, call);
      case "forget" -> {
        if (words.size() < 2) {
          throw CommandException.usage("sources forget needs a PATH; flightlog sources lists them");
        }
        forget(sources, words.get(1), call);
      }
      default ->
          throw CommandException.usage(
              "sources has no action '"
                  + SafeText.shortened(action, 40)
                  + "'; there are list and forget");
    }
    return CommandException.OK;
  }

  private static void list(Sources sources, Invocation call) {
    Set<Source> all = sources.all();
    sources.problems().forEach(call.console()::say);
    if (all.isEmpty() && call.format() == Format.TEXT) {
      call.console().say("nothing was imported yet; such as: flightlog import ~/.claude/projects");
      return;
    }
    Table table = new Table(List.of("path", "as", "story", "there"), 500);
    for (Source source : all) {
      table.add(
          source.path().toString(),
          source.formatName(),
          source.story(),
          Files.exists(source.path()));
    }
    table.print(call.format(), call.console().out(), call.console().screen());
    call.console().out().flush();
  }

  private static void forget(Sources sources, String word, Invocation call) {
    Path path;
    try {
      path = Path.of(word);
    } catch (InvalidPathException e) {
      throw CommandException.usage("this is no path: " + word);
    }
    List<Source> forgotten = sources.forget(path);
    if (forgotten.isEmpty()) {
      throw CommandException.failed(
          "nothing at "
              + path.toAbsolutePath().normalize()
              + " is a source; see: flightlog sources");
    }
    forgotten.forEach(source -> call.console().say("forgotten: " + source.path()));
  }
}
