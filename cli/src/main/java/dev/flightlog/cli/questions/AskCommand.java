package dev.flightlog.cli.questions;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.NamedArgument;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.cli.arguments.Arguments;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Console;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.questions.HomeAnswerer;
import dev.flightlog.wording.Screen;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code ask}: a question, answered within its token budget; without a question, the list of them.
 */
public final class AskCommand implements Command {
  /** What any question takes by name. */
  private static final Set<NamedArgument> NAMED = new LinkedHashSet<>();

  static {
    Questions.all().forEach(question -> NAMED.addAll(question.named()));
  }

  @Override
  public Syntax syntax() {
    return Syntax.of("ask", "Ask a question; without one, list them all with their token budgets.")
        .takes("[QUESTION [ARGS]]", 0, Integer.MAX_VALUE)
        .with(NamedOptions.of(List.copyOf(NAMED)))
        .example("flightlog ask errors --since 7d", "flightlog ask compare main feature-x");
  }

  @Override
  public String help(Arguments given, int width) {
    if (given.arguments().isEmpty()) {
      return syntax().help(width);
    }
    try {
      return QuestionHelp.of(Questions.named(given.arguments().getFirst()), width);
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int run(Invocation call) {
    List<String> words = call.arguments();
    if (words.isEmpty()) {
      list(call.format(), call.console());
      return CommandException.OK;
    }
    return answer(call, words.getFirst(), words.subList(1, words.size()));
  }

  /** Asks this question with the narrowing options of the call, and prints the answer. */
  static int answer(Invocation call, String name, List<String> arguments) {
    try {
      Question question = Questions.named(name);
      checkTaken(question, call);
      QuestionCall asked =
          question.call(arguments, NamedOptions.values(call), call.console().reader());
      try (Index index = Index.open(call.home())) {
        print(
            HomeAnswerer.of(index, index, call::settings).ask(asked, screen(call)),
            call.format(),
            call.console().out());
      }
      return CommandException.OK;
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  /** The room for an answer: that of the terminal, unless the call bounds it otherwise. */
  private static @Nullable Screen screen(Invocation call) {
    Screen screen = call.console().screen();
    if (screen == null || call.format() != Format.TEXT || call.flag("--max-tokens")) {
      return null;
    }
    return call.flag("--limit") ? screen.endless() : screen;
  }

  private static void checkTaken(Question question, Invocation call) {
    List<NamedArgument> taken = question.named();
    for (NamedArgument argument : NAMED) {
      if (call.flag(argument.option()) && !taken.contains(argument)) {
        throw new QuestionException(
            "'"
                + question.name()
                + "' takes no "
                + argument.option()
                + "; only events that are shown one by one are chosen by it: flightlog search TEXT "
                + argument.option()
                + (argument.label().isEmpty() ? "" : " " + argument.label()));
      }
    }
  }

  private static void print(Answer answer, Format format, PrintStream out) {
    switch (format) {
      case TEXT -> out.print(answer.text());
      case JSON -> out.println(answer.json());
      case CSV -> out.print(answer.csv());
    }
    out.flush();
  }

  private static void list(Format format, Console console) {
    PrintStream out = console.out();
    if (format == Format.TEXT && console.screen() != null) {
      List<String> words = new ArrayList<>();
      Questions.all().forEach(q -> words.addAll(List.of(q.usage(), q.title())));
      out.print(Syntax.list(words, console.width()));
      out.println(console.reader().hint("\nOne of them: flightlog ask cost --help"));
      return;
    }
    if (format == Format.TEXT) {
      Table table = new Table(List.of("ask", "what it tells", "budget"));
      Questions.all().forEach(q -> table.add(q.usage(), q.title(), q.budget()));
      table.print(format, out);
      out.println(
          "\nNarrow any of them with --project, --story, --agent, --since 7d, --until; --max-tokens N gives it more room.");
      return;
    }
    Table table = new Table(List.of("question", "title", "arguments", "budget"));
    for (Question question : Questions.all()) {
      JsonWriter arguments = new JsonWriter();
      arguments.beginArray();
      for (Argument argument : question.arguments()) {
        arguments.beginObject().key("name").string(argument.name());
        arguments.key("required").bool(argument.required()).endObject();
      }
      table.add(
          question.name(),
          question.title(),
          new Table.Json(arguments.endArray().toString()),
          question.budget());
    }
    table.print(format, out, console.screen());
  }
}
