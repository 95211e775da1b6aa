package dev.flightlog.analysis.ask;

import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question as someone asks it. Immutable.
 *
 * @param question its name
 * @param arguments by position
 * @param narrowing which events, and how much of the answer
 * @param events which of these events, for a question that shows them one by one; else all
 * @param reader in whose words the answer suggests what to ask next
 */
public record QuestionCall(
    String question,
    List<String> arguments,
    Narrowing narrowing,
    EventFilter events,
    Reader reader) {

  public QuestionCall {
    arguments = List.copyOf(arguments);
  }

  /** A question about everything, with its own budget, on the command line. */
  public static QuestionCall of(String question, String... arguments) {
    return new QuestionCall(
        question, List.of(arguments), Narrowing.NONE, EventFilter.NONE, Reader.COMMAND_LINE);
  }

  public QuestionCall narrowing(Narrowing other) {
    return new QuestionCall(question, arguments, other, events, reader);
  }

  public QuestionCall story(@Nullable String only) {
    return narrowing(narrowing.story(only));
  }

  public QuestionCall project(@Nullable String only) {
    return narrowing(narrowing.project(only));
  }

  public QuestionCall agent(@Nullable String only) {
    return narrowing(narrowing.agent(only));
  }

  public QuestionCall since(@Nullable String from) {
    return narrowing(narrowing.since(from));
  }

  public QuestionCall until(@Nullable String end) {
    return narrowing(narrowing.until(end));
  }

  public QuestionCall timezone(@Nullable String zone) {
    return narrowing(narrowing.timezone(zone));
  }

  public QuestionCall maxTokens(@Nullable Integer budget) {
    return narrowing(narrowing.maxTokens(budget));
  }

  public QuestionCall limit(@Nullable Integer rows) {
    return narrowing(narrowing.limit(rows));
  }

  /**
   * How the rest is asked for, ready to be typed; null when a value in it is too long or odd to be
   * typed again.
   *
   * @param asked the definition of the question, which names its arguments
   * @param name {@code max_tokens} or {@code limit}
   */
  public @Nullable String again(Question asked, String name, int value) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < arguments.size() && i < asked.arguments().size(); i++) {
      named.add(asked.arguments().get(i).name());
      named.add(arguments.get(i));
    }
    named.addAll(narrowing.named());
    named.addAll(events.named());
    for (int i = 1; i < named.size(); i += 2) {
      if (!isTyped(named.get(i))) {
        return null;
      }
    }
    named.add(name);
    named.add(Integer.toString(value));
    return reader.ask(question, named.toArray(String[]::new));
  }

  private static boolean isTyped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '\'' || c == '"') {
        return false;
      }
    }
    return value.length() <= 40;
  }
}
