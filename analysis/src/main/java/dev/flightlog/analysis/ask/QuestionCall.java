package dev.flightlog.analysis.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question as someone asks it. Immutable.
 *
 * @param question its name
 * @param arguments by position
 * @param story only events of this story; {@code default} also takes those of none
 * @param agent only events of this agent
 * @param since only events from then on, in a form that {@link Since} reads
 * @param maxTokens another budget than the question's own
 */
public record QuestionCall(
    String question,
    List<String> arguments,
    @Nullable String story,
    @Nullable String agent,
    @Nullable String since,
    @Nullable Integer maxTokens) {

  public QuestionCall {
    arguments = List.copyOf(arguments);
  }

  /** A question about everything, with its own budget. */
  public static QuestionCall of(String question, String... arguments) {
    return new QuestionCall(question, List.of(arguments), null, null, null, null);
  }

  public QuestionCall story(@Nullable String only) {
    return new QuestionCall(question, arguments, only, agent, since, maxTokens);
  }

  public QuestionCall agent(@Nullable String only) {
    return new QuestionCall(question, arguments, story, only, since, maxTokens);
  }

  public QuestionCall since(@Nullable String from) {
    return new QuestionCall(question, arguments, story, agent, from, maxTokens);
  }

  public QuestionCall maxTokens(@Nullable Integer budget) {
    return new QuestionCall(question, arguments, story, agent, since, budget);
  }

  /** The command that asks this; null when a value in it is too long or odd to be typed again. */
  public @Nullable String command() {
    StringBuilder out = new StringBuilder("flightlog ask ").append(question);
    for (String argument : arguments) {
      if (!word(out, "", argument)) {
        return null;
      }
    }
    boolean typed =
        word(out, " --story", story)
            && word(out, " --agent", agent)
            && word(out, " --since", since)
            && word(out, " --max-tokens", maxTokens == null ? null : maxTokens.toString());
    return typed ? out.toString() : null;
  }

  private static boolean word(StringBuilder out, String option, @Nullable String value) {
    if (value == null) {
      return true;
    }
    boolean bare = !value.isEmpty();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '\'') {
        return false;
      }
      bare &= Character.isLetterOrDigit(c) || "._/@:+=-".indexOf(c) >= 0;
    }
    String quote = bare ? "" : "'";
    out.append(option).append(' ').append(quote).append(value).append(quote);
    return value.length() <= 40;
  }
}
