package dev.flightlog.server.questions;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.NamedArgument;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.server.metrics.MetricFamily;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/ask} lists the questions, {@code GET /api/ask/<question>} answers one. All of it
 * is made from the questions' definitions.
 */
public final class QuestionsFeature implements Feature {
  private static final List<String> FORMATS = List.of("json", "text", "csv");

  private static final Schema LISTED =
      Schema.object()
          .always("question", Schema.text())
          .always("title", Schema.text())
          .always(
              "arguments",
              Schema.listOf(
                  Schema.object()
                      .always("name", Schema.text())
                      .always("required", Schema.bool())
                      .always("parameter", Schema.text().meaning("its name behind the '?'"))))
          .always("budget", Schema.integer().meaning("tokens"));

  private static final Schema ANSWER =
      Schema.object()
          .always("question", Schema.text())
          .always("window", Schema.object().meaning("what the answer is about"))
          .always("rows", Schema.listOf(Schema.object()))
          .always("omitted", Schema.integer().meaning("rows that the budget left out"))
          .always("tokens", Schema.integer())
          .always("budget", Schema.integer())
          .always("elapsed_ms", Schema.integer());

  private final TimedQuestions asker;

  /**
   * @param asker answers from fresh events; may throw {@link QuestionException} and {@link
   *     dev.flightlog.store.StoreException}; called by many threads
   */
  public QuestionsFeature(Function<QuestionCall, Answer> asker) {
    this.asker = TimedQuestions.of(asker);
  }

  @Override
  public String name() {
    return "questions";
  }

  @Override
  public List<MetricFamily> metrics() {
    return asker.metrics();
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.get("/api/ask", "List the questions", QuestionsFeature::list)
            .answers(Reply.json(200, Schema.listOf(LISTED), "All of them.")));
    for (Question question : Questions.all()) {
      routes.add(route(question));
    }
    routes.add(
        Route.get("/api/ask/{question}", "What is no question", QuestionsFeature::unknown)
            .with(Parameter.path("question", Schema.text(), "any other name"))
            .answers(Reply.problem(404, "With the nearest name.")));
    return routes;
  }

  private Route route(Question question) {
    Route route =
        Route.get(
                "/api/ask/" + question.name(),
                question.title(),
                request -> answer(question, request))
            .describe(question.rule());
    for (Argument argument : question.arguments()) {
      Parameter parameter =
          Parameter.query(
              Reader.key(argument.name()),
              Schema.text().example(argument.example()),
              argument.meaning());
      route = route.with(argument.required() ? parameter.needed() : parameter);
    }
    for (Parameter parameter : named(question)) {
      route = route.with(parameter);
    }
    return route.answers(
        Reply.json(200, ANSWER, "The answer."),
        Reply.of(200, "text/plain", Schema.text(), "as text, which the budget is about"),
        Reply.of(200, "text/csv", Schema.text(), "its rows"));
  }

  private static List<Parameter> named(Question question) {
    List<Parameter> parameters = new ArrayList<>();
    for (NamedArgument argument : question.named()) {
      Schema schema = NamedParameters.schema(argument);
      boolean budget = argument.name().equals("max_tokens");
      parameters.add(
          Parameter.query(
              argument.name(),
              budget ? schema.byDefault(question.budget()) : schema,
              argument.meaning()));
    }
    parameters.add(
        Parameter.query("format", Schema.oneOf(FORMATS).byDefault("json"), "of the answer"));
    return parameters;
  }

  private Response answer(Question question, Request request) {
    List<String> arguments =
        question.positional(argument -> request.query(Reader.key(argument.name())));
    String format = request.query("format");
    if (format != null && !FORMATS.contains(format)) {
      throw Problem.badRequest("'format' is json, text or csv, not '" + format + "'").exception();
    }
    Answer answer;
    try {
      answer =
          asker.apply(question.call(arguments, named -> request.query(named.name()), Reader.HTTP));
    } catch (NotFoundException e) {
      throw Problem.notFound(String.valueOf(e.getMessage())).exception();
    } catch (QuestionException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage())).exception();
    }
    if ("text".equals(format)) {
      return Response.text(200, answer.text());
    }
    return "csv".equals(format)
        ? Response.of(200, "text/csv; charset=utf-8", answer.csv())
        : Response.json(200, answer.json());
  }

  private static Response list(Request request) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Question question : Questions.all()) {
      List<Map<String, Object>> arguments = new ArrayList<>();
      for (Argument argument : question.arguments()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", argument.name());
        one.put("required", argument.required());
        one.put("parameter", Reader.key(argument.name()));
        arguments.add(one);
      }
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("question", question.name());
      json.put("title", question.title());
      json.put("arguments", arguments);
      json.put("budget", question.budget());
      all.add(json);
    }
    return Response.value(200, all);
  }

  private static Response unknown(Request request) {
    try {
      String known = Questions.named(request.pathParameter("question")).name();
      return Problem.notFound("write it in lower case: /api/ask/" + known).response();
    } catch (QuestionException e) {
      return Problem.notFound(String.valueOf(e.getMessage())).response();
    }
  }
}
