package dev.flightlog.cli.questions;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.analysis.ask.QuestionException;
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
import java.util.List;

/**
 * {@code ask}: a question, answered within its token budget; without a question, the list of them.
 */
public final class AskCommand implements Command {
  /** What narrows any question, and its budget. */
  static final Option[] NARROWING = {
    Option.text("--story", "STORY", "only events of this story"),
    Option.text("--agent", "AGENT", "only events of this agent"),
    Option.text("--since", "WHEN", "from then on: 36h, 7d, 4w, a date, or RFC 3339"),
    Option.number("--max-tokens", "N", "another budget than the question's own")
  };

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
      try (Index index = Index.fresh(call.home())) {
        Answer answer = answerer(index, call).ask(questionCall(question, arguments, call));
        print(answer, call.format(), call.console().out());
      }
      return CommandException.OK;
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  public static Answerer answerer(Index index, Invocation call) {
    return new Answerer(
        index.store(),
        new TokenEstimate(call.settings().real(Setting.TOKEN_FACTOR)),
        call.console().clock());
  }

  private static QuestionCall questionCall(
      Question question, List<String> arguments, Invocation call) {
    return bounded(
        new QuestionCall(
            question.name(),
            arguments,
            call.option("--story"),
            call.option("--agent"),
            call.option("--since"),
            call.number("--max-tokens")),
        call);
  }

  /**
   * The setting {@code analysis.max_tokens_per_query} bounds every question; a budget in the call
   * decides.
   */
  public static QuestionCall bounded(QuestionCall asked, Invocation call) {
    int most = call.settings().number(Setting.MAX_TOKENS);
    boolean bound = asked.maxTokens() == null && most < Questions.named(asked.question()).budget();
    return bound ? asked.maxTokens(most) : asked;
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
