package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.analysis.time.TimeSplit;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.interactions.Refusals;
import dev.flightlog.wording.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one session add up to. Immutable once made.
 *
 * @param story the newest that an event names
 * @param time of its work, and how much of it was waiting for a person
 * @param stopped rejections and interruptions
 * @param peakContext in percent; null when no event tells
 * @param slowest the event that took longest; null when none is timed
 */
record SessionSummary(
    @Nullable String story,
    Prompts prompts,
    ToolUse tools,
    ModelCalls models,
    Failures failures,
    Tally agents,
    TimeSplit time,
    Pause pause,
    long stopped,
    long clarifications,
    long compactions,
    @Nullable Double peakContext,
    @Nullable Event slowest,
    Event last) {
  private static final int LONGEST_TEXT = 400;

  /**
   * What was asked.
   *
   * @param first the beginning of the first prompt with a text
   */
  record Prompts(long count, @Nullable String first) {
    static Prompts of(List<Event> events) {
      long count = 0;
      String first = null;
      for (Event event : events) {
        if (event.eventType().equals(EventTypes.USER_PROMPT)) {
          count++;
          String text = event.detail("text");
          text = text == null ? event.detail("prompt") : text;
          first = first == null && text != null && !text.isBlank() ? start(text) : first;
        }
      }
      return new Prompts(count, first);
    }
  }

  /** Tool calls and the files they name. */
  record ToolUse(long calls, long withoutResult, Tally tools, long files, Tally changed) {
    static ToolUse of(List<Event> events) {
      long calls = 0;
      long open = 0;
      Tally tools = new Tally();
      Tally changed = new Tally();
      Set<String> files = new HashSet<>();
      for (Event event : events) {
        if (event.eventType().equals(EventTypes.TOOL_CALL)) {
          calls++;
          open += event.flag(Field.SUCCESS) == null ? 1 : 0;
          String tool = event.detail("tool");
          tools.add(tool == null ? "(no tool)" : tool);
          String file = FileUse.of(event);
          if (file != null) {
            files.add(file);
            boolean worked = Boolean.TRUE.equals(event.flag(Field.SUCCESS));
            changed.add(worked && FileUse.changes(tool) ? lastName(file) : null);
          }
        }
      }
      return new ToolUse(calls, open, tools, files.size(), changed);
    }
  }

  /**
   * Model calls.
   *
   * @param tokens of all events that tell them
   */
  record ModelCalls(long tokens, ModelUse use, Tally models) {
    static ModelCalls of(List<Event> events, Pricing pricing) {
      long tokens = 0;
      List<Event> calls = new ArrayList<>();
      Tally models = new Tally();
      for (Event event : events) {
        Long own = event.integer(Field.TOKENS_USED);
        tokens += own == null ? 0 : own;
        if (event.eventType().equals(EventTypes.MODEL_CALL)) {
          calls.add(event);
          String model = event.detail("model");
          models.add(model == null ? "(no model)" : model);
        }
      }
      return new ModelCalls(tokens, ModelUse.of(calls, pricing), models);
    }
  }

  /**
   * Errors, as the question of that name counts them.
   *
   * @param lastMessage the beginning of the newest message
   */
  record Failures(long errors, Tally classes, @Nullable String lastMessage) {
    static Failures of(List<Event> events) {
      long errors = 0;
      Tally classes = new Tally();
      String last = null;
      for (Event event : events) {
        if (Events.ERRORS.matches(event)) {
          errors++;
          String type = event.detail("error_type");
          classes.add(type == null ? name(event) : name(event) + ' ' + type);
          String message = event.detail("message");
          message = message == null ? event.detail("output") : message;
          last = message == null || message.isBlank() ? last : start(message);
        }
      }
      return new Failures(errors, classes, last);
    }
  }

  /** The longest time between two events that follow one another, in microseconds. */
  record Pause(long length, long end) {
    static Pause of(List<Event> events) {
      Pause longest = new Pause(0, 0);
      for (int i = 1; i < events.size(); i++) {
        long length = events.get(i).micros() - events.get(i - 1).micros();
        longest = length > longest.length ? new Pause(length, events.get(i).micros()) : longest;
      }
      return longest;
    }
  }

  /** Of the events of a session, the oldest first, at least one. */
  static SessionSummary of(List<Event> events, Pricing pricing) {
    String story = null;
    Double peak = null;
    Event slowest = null;
    Tally agents = new Tally();
    for (Event event : events) {
      story = event.text(Field.STORY_ID) == null ? story : event.text(Field.STORY_ID);
      agents.add(event.text(Field.AGENT_NAME));
      Double context = event.real(Field.CONTEXT_PERCENT);
      peak = context != null && (peak == null || context > peak) ? context : peak;
      if (Events.WORK.matches(event)
          && event.integer(Field.DURATION_MS) != null
          && (slowest == null || millis(event) > millis(slowest))) {
        slowest = event;
      }
    }
    return new SessionSummary(
        story,
        Prompts.of(events),
        ToolUse.of(events),
        ModelCalls.of(events, pricing),
        Failures.of(events),
        agents,
        TimeSplit.ofWork(events),
        Pause.of(events),
        count(events, EventTypes.USER_INTERRUPT)
            + events.stream().filter(Events.REJECTED::matches).count()
            - Refusals.toldTwice(events),
        count(events, EventTypes.HUMAN_CLARIFICATION_NEEDED),
        count(events, EventTypes.CONTEXT_COMPACTED),
        peak,
        slowest,
        events.getLast());
  }

  private static long count(List<Event> events, String type) {
    return events.stream().filter(event -> event.eventType().equals(type)).count();
  }

  private static String start(String text) {
    return SafeText.sentence(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
  }

  private static String lastName(String file) {
    int slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    return file.substring(slash + 1);
  }

  static double millis(Event event) {
    Long millis = event.integer(Field.DURATION_MS);
    return millis == null ? 0 : millis;
  }

  /** The tool of a tool call, else the type. */
  static String name(Event event) {
    String tool = event.eventType().equals(EventTypes.TOOL_CALL) ? event.detail("tool") : null;
    return tool == null ? event.eventType() : tool;
  }
}
