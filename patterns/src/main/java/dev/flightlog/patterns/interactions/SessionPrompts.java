package dev.flightlog.patterns.interactions;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person wrote in one session, in its order. For one thread. */
public final class SessionPrompts {
  /** The tool by which an agent asks a person. */
  public static final String QUESTION = "AskUserQuestion";

  private boolean prompted;

  /**
   * A prompt.
   *
   * @param isFirst whether it begins the session: then there is nothing to correct
   * @param correction what it objects to; empty when it corrects nothing
   */
  public record Prompt(Event event, boolean isFirst, Optional<CorrectionKind> correction) {}

  /** The next event, by time; empty when it is no prompt that a person wrote. */
  public Optional<Prompt> see(Event event) {
    String text = event.eventType().equals(EventTypes.USER_PROMPT) ? text(event) : null;
    if (text == null) {
      return Optional.empty();
    }
    boolean first = !prompted;
    prompted = true;
    return Optional.of(
        new Prompt(
            event,
            first,
            !first && PromptSignals.of(text).correction()
                ? Optional.of(CorrectionKind.of(text))
                : Optional.empty()));
  }

  /** What a person wrote; null when a program did, or it was not kept. */
  static @Nullable String text(Event event) {
    Object told = event.details().get("text");
    Object own = told == null ? event.details().get("prompt") : told;
    return own instanceof String text && !InjectedText.is(text) ? text : null;
  }

  /**
   * What a call or a mark of an agent asks a person about.
   *
   * @return empty when it asks nothing, or about nothing that has a name
   */
  public static Optional<QuestionTopic> question(Event event) {
    return QuestionTopic.of(InteractionWatch.questionOf(event));
  }
}
