package dev.flightlog.cli.questions;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Narrowing;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.analysis.ask.QuestionException;
import dev.flightlog.analysis.ask.Reader;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;

/**
 * {@code ask}: a question, answered within its token budget; without a question, the list of them.
 */
public final class AskCommand implements Command {
  /** What narrows any question, and its budget. */
  static final Option[] NARROWING =
      Narrowing.ARGUMENTS.stream().map(AskCommand::option).toArray(Option[]::new);

  private static Option option(Narrowing.Argument argument) {
    return argument.whole()
        ? Option.number(argument.option(), argument.label(), argument.meaning())
        : Option.text(argument.option(), argument.label(), argument.meaning());
  }

  @Override
  public Syntax syntax() {
    return Syntax.of("ask", "Ask a question; without one, list them all with their token budgets.")
        .takes("[QUESTION [ARGS]]", 0, Integer.MAX_VALUE)
        .with(NARROWING)
        .example("flightlog ask errors --since 7d", "flightlog ask compare main feature-x");
  }

  @Override
  public int run(Invocation call) {
    List<String> words = call.arguments();
    if (words.isEmpty()) {
      list(call.format(), call.console().out());
      return CommandException.OK;
    }
    return answer(call, words.getFirst(), words.subList(1, words.size()));
  }

  /** Asks this question with the narrowing options of the call, and prints the answer. */
  static int answer(Invocation call, String name, List<String> arguments) {
    try {
      Question question = Questions.named(name);
      Narrowing narrowing = narrowing(call);
      QuestionCall asked =
          new QuestionCall(question.name(), arguments, narrowing, Reader.COMMAND_LINE);
      try (Index index = Index.fresh(call.home())) {
        print(answerer(index, call).ask(asked), call.format(), call.console().out());
      }
      return CommandException.OK;
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  /** What the options of the call narrow to. */
  private static Narrowing narrowing(Invocation call) {
    return Narrowing.of(
        argument -> {
          Integer number = argument.whole() ? call.number(argument.option()) : null;
          return number != null ? number.toString() : call.option(argument.option());
        },
        Reader.COMMAND_LINE);
  }

  /** Asks the store of an index, with what settings say about answers. */
  public static Answerer answerer(Index index, Invocation call) {
    return new Answerer(
            index.store(),
            new TokenEstimate(call.settings().real(Setting.TOKEN_FACTOR)),
            call.console().clock())
        .bounded(call.settings().number(Setting.MAX_TOKENS))
        .in(ZoneId.systemDefault())
        .pricedBy(new TablePricing(call.home().path().resolve("prices.json")));
  }

  private static void print(Answer answer, Format format, PrintStream out) {
    switch (format) {
      case TEXT -> out.print(answer.text());
      case JSON -> out.println(answer.json());
      case CSV -> out.print(answer.csv());
    }
    out.flush();
  }

  private static void list(Format format, PrintStream out) {
    if (format == Format.TEXT) {
      Table table = new Table(List.of("ask", "what it tells", "budget"));
      Questions.all().forEach(q -> table.add(q.usage(), q.title(), q.budget()));
      table.print(format, out);
      out.println(
          "\nNarrow any of them with --story, --agent, --since 7d; --max-tokens N gives it more room.");
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
    table.print(format, out);
  }
}
