package dev.flightlog.formats.occurrence;

import dev.flightlog.event.Category;
import dev.flightlog.formats.usage.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign format says, once understood. Readers make them; the importer makes rows of them,
 * the worker also a task's output and its report. Keys are the same wherever the same thing is met,
 * so that its reports become one event. Names are redacted and bounded already, content is not.
 */
public sealed interface Occurrence {
  /** When, to whom, where. */
  Origin origin();

  /**
   * A session was met on a record.
   *
   * @param client the program whose session it is
   * @param version of that program when the session began; null when the source does not tell it
   */
  record SessionMet(Origin origin, String client, @Nullable String version) implements Occurrence {
    public SessionMet(Origin origin, String client) {
      this(origin, client, null);
    }
  }

  /**
   * A tool was called.
   *
   * @param id unique in the source; null when it has none, then {@code eventId} holds
   * @param eventId the id of the event of a call without an id of its own
   */
  record ToolCalled(
      Origin origin,
      @Nullable String id,
      @Nullable String eventId,
      @Nullable String tool,
      Content input)
      implements Occurrence {
    public ToolCalled(Origin origin, String id, @Nullable String tool, Content input) {
      this(origin, id, null, tool, input);
    }
  }

  /**
   * A call gave a result, or how it ended was told.
   *
   * @param runningMs how long it ran, where the source tells; else -1
   * @param measured whether the agent itself measured that, so that it holds for the reports of
   *     others, too, and what they tell beyond it was waiting
   * @param waitedMs how long a person was waited for, where the source tells; else -1
   */
  record ToolReturned(
      Origin origin,
      String id,
      Outcome outcome,
      Content output,
      long runningMs,
      boolean measured,
      long waitedMs)
      implements Occurrence {
    public ToolReturned(Origin origin, String id, Outcome outcome, Content output, long runningMs) {
      this(origin, id, outcome, output, runningMs, false, -1);
    }

    /** In place of a duration: nobody was asked, so the call ran from its begin to its result. */
    public static final long ALL_THE_TIME = Long.MAX_VALUE;
  }

  /**
   * A model gave a response, or a part of one: of several reports the largest usage counts.
   *
   * @param key the same for every report of this response
   * @param costUsd what the source says it cost, or NaN
   * @param window tokens the context window holds as the source tells it, or 0
   */
  record ModelAnswered(
      Origin origin,
      String key,
      @Nullable String model,
      Usage usage,
      double costUsd,
      @Nullable String stopReason,
      long window)
      implements Occurrence {}

  /** A person asked for something. */
  record Prompted(Origin origin, String key, Content text, @Nullable String command)
      implements Occurrence {}

  /** An agent said something to a person or to other agents. */
  record Said(Origin origin, String key, Content text) implements Occurrence {}

  /** A model thought aloud. It becomes no event. */
  record Thought(Origin origin, Content text) implements Occurrence {}

  /** A person stopped the agent. */
  record Interrupted(Origin origin, String key) implements Occurrence {}

  /**
   * A person was asked before the agent could go on.
   *
   * @param reason a word, such as {@code permission} or {@code question}
   * @param text what was asked
   */
  record PersonAsked(Origin origin, String key, String reason, @Nullable String tool, Content text)
      implements Occurrence {
    public PersonAsked(Origin origin, String key, String reason, @Nullable String tool) {
      this(origin, key, reason, tool, Content.NONE);
    }
  }

  /**
   * The agent goes on after a person was asked.
   *
   * @param key of the {@link PersonAsked}; without that, this tells nothing
   * @param answer a word, such as {@code accept}; null when not told
   */
  record PersonAnswered(Origin origin, String key, @Nullable String answer) implements Occurrence {}

  /** A person refused what was asked. */
  record PersonRefused(Origin origin, String key, @Nullable String tool) implements Occurrence {}

  /** Something other than a tool failed: a call of a model, the agent itself. */
  record ErrorMet(Origin origin, String key, ErrorClass error, @Nullable Long attempt)
      implements Occurrence {}

  /** The context was compacted. */
  record Compacted(Origin origin, String key, @Nullable String trigger, @Nullable Long tokensBefore)
      implements Occurrence {}

  /** A turn, from the person's words to the last of the agent's, ended. */
  record TurnEnded(Origin origin, String key, long durationMs) implements Occurrence {}

  /** An agent began. */
  record AgentStarted(Origin origin, String key, @Nullable String description)
      implements Occurrence {}

  /**
   * An agent ended.
   *
   * @param success null when not told
   * @param durationMs -1 when not told
   * @param answer its last words
   * @param details what else it tells of itself, such as its own totals; in order
   */
  record AgentEnded(
      Origin origin,
      String key,
      @Nullable Boolean success,
      long durationMs,
      @Nullable ErrorClass error,
      Content answer,
      Map<String, @Nullable Object> details)
      implements Occurrence {}

  /** One agent handed over to another. */
  record HandedOver(Origin origin, String key, String from, String to, long size)
      implements Occurrence {}

  /** How a whole run or request ended. */
  record TaskEnded(Origin origin, String key, boolean success) implements Occurrence {}

  /** The quotas that are left, as the provider told them with a response. */
  record QuotaTold(Origin origin, String key, Map<String, @Nullable Object> details)
      implements Occurrence {}

  /**
   * Something else that the source tells, kept as it is.
   *
   * @param type of the event, in snake case
   * @param durationMs -1 when not told
   * @param success null when not told
   * @param details in order; texts are not redacted yet
   */
  record Noted(
      Origin origin,
      String key,
      String type,
      Category category,
      long durationMs,
      @Nullable Boolean success,
      Map<String, @Nullable Object> details)
      implements Occurrence {}

  /** A line of the program about itself that is no event of its own. */
  record Notice(Origin origin, String text) implements Occurrence {}

  /** Takes occurrences in the order in which the source tells them. */
  interface Sink {
    void take(Occurrence occurrence);
  }
}
