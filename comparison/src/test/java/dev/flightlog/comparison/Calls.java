package dev.flightlog.comparison;

import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls of every question, with values that are in a store, and some that are not. */
final class Calls {
  private static final List<String> SEARCHES =
      List.of(
          "error",
          "permission denied",
          "\"not found\"",
          "file_not_read",
          "src/main",
          "perm*",
          "re*",
          "tool:Bash",
          "tool:bash not:git",
          "file:java",
          "test OR build",
          "details.model:claude*",
          "größe",
          "nowhere_at_all_words");

  private final List<Event> events;
  private final Random random;

  Calls(EventStore store, Random random) {
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    this.events = store.read(all).finish(all);
    this.random = random;
  }

  /** Each question without arguments or with required ones, with each choice, and narrowed. */
  List<QuestionCall> all() {
    List<QuestionCall> calls = new ArrayList<>();
    for (Question question : Questions.all()) {
      for (List<String> arguments : arguments(question.arguments())) {
        QuestionCall call = QuestionCall.of(question.name(), arguments.toArray(String[]::new));
        calls.add(call);
        calls.add(narrowed(question, call).maxTokens(1_000 + random.nextInt(3_000)));
      }
    }
    return calls;
  }

  /** So many of these, drawn by chance, but each question at least once. */
  List<QuestionCall> some(int most) {
    List<QuestionCall> drawn = new ArrayList<>();
    for (Question question : Questions.all()) {
      List<List<String>> arguments = arguments(question.arguments());
      List<String> one = arguments.get(random.nextInt(arguments.size()));
      QuestionCall call = QuestionCall.of(question.name(), one.toArray(String[]::new));
      drawn.add(random.nextInt(3) == 0 ? call : narrowed(question, call));
    }
    while (drawn.size() > most) {
      drawn.remove(random.nextInt(drawn.size()));
    }
    return drawn;
  }

  private QuestionCall narrowed(Question question, QuestionCall call) {
    QuestionCall narrow = call;
    String newest = events.isEmpty() ? "2026-01-01" : time();
    switch (random.nextInt(9)) {
      case 0 -> narrow = call.since(newest);
      case 1 -> narrow = call.until(newest);
      case 2 -> narrow = call.project(value(Field.PROJECT));
      case 3 -> narrow = call.agent(value(Field.AGENT_NAME));
      case 4 -> narrow = call.since(newest.substring(0, 10)).timezone("America/New_York");
      case 5 -> narrow = call.limit(1 + random.nextInt(40));
      case 6 -> narrow = call.narrowing(call.narrowing().machine("machine-" + random.nextInt(3)));
      case 7 -> narrow = call.narrowing(call.narrowing().person("person-" + random.nextInt(3)));
      default -> narrow = question.namesStories() ? call : call.story(value(Field.STORY_ID));
    }
    return narrow;
  }

  private String time() {
    return Timestamps.text(events.get(random.nextInt(events.size())).micros());
  }

  private List<List<String>> arguments(List<Argument> arguments) {
    List<List<String>> all = new ArrayList<>();
    if (arguments.isEmpty() || !arguments.getFirst().required()) {
      all.add(List.of());
    }
    if (!arguments.isEmpty()) {
      for (String value : values(arguments.getFirst())) {
        if (arguments.size() == 1 || !arguments.get(1).required()) {
          all.add(List.of(value));
        }
        if (arguments.size() > 1) {
          List<String> second = values(arguments.get(1));
          all.add(List.of(value, second.get(random.nextInt(second.size()))));
        }
      }
    }
    return all;
  }

  private List<String> values(Argument argument) {
    if (!argument.choices().isEmpty()) {
      return argument.choices();
    }
    return switch (argument.name()) {
      case "TEXT" -> SEARCHES;
      case "SESSION" -> some(Field.SESSION_ID);
      case "WORKFLOW" -> some(Field.WORKFLOW_ID);
      case "RUN" -> some(Field.RUN_ID);
      case "ERROR" -> few(event -> event.detail("error_type"));
      default -> some(Field.STORY_ID);
    };
  }

  private List<String> some(Field field) {
    return few(event -> event.text(field));
  }

  /** Up to three that are there, and one that is not. */
  private List<String> few(Function<Event, @Nullable String> of) {
    Set<String> there = new TreeSet<>();
    events.stream().map(of).filter(Objects::nonNull).forEach(there::add);
    List<String> drawn = new ArrayList<>(there);
    while (drawn.size() > 3) {
      drawn.remove(random.nextInt(drawn.size()));
    }
    drawn.add("nothing");
    return drawn;
  }

  private @Nullable String value(Field field) {
    List<String> values = some(field);
    return values.get(random.nextInt(values.size()));
  }
}
