package dev.flightlog.analysis.live;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.live.Standing.State;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last events of one session, and what they say about how it stands. Several agents may be in
 * one session: what one of them does answers only what was asked for itself.
 */
public final class LastEvents {
  private static final Set<String> TURN_STOPS = Set.of("end_turn", "stop_sequence", "stop");

  private static final long QUICK_AFTER = Duration.ofSeconds(30).toNanos() / 1000;

  /** So long an agent thinks, or a tool runs, without a word. */
  private static final long SILENT = Duration.ofMinutes(30).toNanos() / 1000;

  /** So long a tool runs without a word, or something that its source does not tell goes on. */
  private static final long LONG_CALL = Duration.ofDays(1).toNanos() / 1000;

  /** So long a person is waited for. */
  private static final long LONG_WAIT = Duration.ofDays(7).toNanos() / 1000;

  private static final long SAME_RESPONSE = 2_000_000;

  private static final int MOST = 40;

  private final List<Event> events;
  private final long now;

  /** Those of a session that has some in the selection. */
  public static LastEvents of(Selection selection, String session) {
    Filter own = Filter.is(Field.SESSION_ID, session);
    List<Event> deeds =
        newest(selection, Filter.and(own, Filter.not(Filter.is(Field.EVENT_TYPE, Signs.METRIC))));
    return new LastEvents(deeds.isEmpty() ? newest(selection, own) : deeds, selection.now());
  }

  private static List<Event> newest(Selection selection, Filter of) {
    ReadRequest request = ReadRequest.newestFirst(selection.and(of)).limit(MOST);
    return selection.store().read(request).finish(request);
  }

  /** Those of a session, of all that it has, the oldest first. */
  public static LastEvents of(List<Event> all, long now) {
    List<Event> deeds =
        all.reversed().stream()
            .filter(event -> !event.eventType().equals(Signs.METRIC))
            .limit(MOST)
            .toList();
    return new LastEvents(
        deeds.isEmpty() ? all.reversed().stream().limit(MOST).toList() : deeds, now);
  }

  /**
   * @param events the newest first, at least one
   * @param now in microseconds since 1970
   */
  LastEvents(List<Event> events, long now) {
    this.events = events;
    this.now = now;
  }

  /** Whether nobody worked: Flightlog wrote down what it learnt. */
  boolean isOurOwn() {
    return events.stream().allMatch(event -> Events.OURSELVES.equals(event.text(Field.AGENT_NAME)));
  }

  /** True when something of it was told while it happened, and not by a file read later. */
  boolean isLive() {
    return events.stream()
        .anyMatch(
            event -> event.get(Field.SOURCE) == null && !event.eventType().equals(Signs.DERIVED));
  }

  /** When it was last heard of. */
  public long last() {
    long last = Long.MIN_VALUE;
    for (Event event : events) {
      last = Math.max(last, doneAt(event));
    }
    return last;
  }

  /** The newest value of a text field; null when none of the events has one. */
  public @Nullable String newest(Field field) {
    for (Event event : events) {
      String text = event.text(field);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** The newest text under a key of the details. */
  public @Nullable String newestDetail(String key) {
    for (Event event : events) {
      String text = event.detail(key);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** The share of the context window of the newest model call that tells it. */
  @Nullable Double contextPercent() {
    for (Event event : events) {
      Double percent = event.real(Field.CONTEXT_PERCENT);
      if (percent != null) {
        return percent;
      }
    }
    return null;
  }

  /** What the agent said last; null when it said nothing. */
  public @Nullable String lastWords() {
    for (Event event : events) {
      if (event.eventType().equals("agent_message")) {
        return event.detail("text");
      }
    }
    return null;
  }

  /** How the session stands. What nobody spoke of for days goes on no more. */
  public Standing standing() {
    Standing told = told();
    boolean asked = told.state() == State.WAITING && told.certain();
    boolean open = told.state() == State.WAITING || told.state() == State.WORKING;
    return open && now - last() > (asked ? LONG_WAIT : LONG_CALL)
        ? Standing.certain(State.UNCLEAN, "not heard of since: " + told.reason(), last())
            .in(told.tool())
            .uncertain()
        : told;
  }

  /** How it stood when the last of its events was told. */
  private Standing told() {
    Event end = events.stream().filter(Signs::isEnd).findFirst().orElse(null);
    if (end != null && doneAt(end) >= last()) {
      return Standing.certain(State.ENDED, "ended", doneAt(end));
    }
    for (Event event : events) {
      Standing waiting = waiting(event);
      if (waiting != null) {
        return waiting;
      }
    }
    for (Event event : events) {
      if (isOpenCall(event)) {
        return inCall(event);
      }
    }
    return betweenCalls();
  }

  /** When what an event tells was over. */
  private static long doneAt(Event event) {
    String result = event.detail(Merge.RESULT_AT);
    Long duration = event.integer(Field.DURATION_MS);
    if (result != null) {
      try {
        return Math.max(event.micros(), Timestamps.parse(result));
      } catch (IllegalArgumentException noTime) {
        return event.micros();
      }
    }
    return duration != null && event.eventType().equals(EventTypes.TOOL_CALL)
        ? event.micros() + duration * 1000
        : event.micros();
  }

  /** What a question to a person that nothing has answered yet means; null for anything else. */
  private @Nullable Standing waiting(Event event) {
    String tool = event.detail("tool");
    if (Signs.isQuestion(event)) {
      boolean open = event.detail(Merge.RESULT_AT) == null && event.detail("answer") == null;
      return open && !isPassed(event) ? Signs.asks(event).in(tool) : null;
    }
    if (!isOpenCall(event)) {
      return null;
    }
    if (tool != null && Signs.ASKING.contains(tool)) {
      String what = tool.equals("ExitPlanMode") ? "shows a plan to approve" : "asks a question";
      return Standing.certain(State.WAITING, what, event.micros()).in(tool);
    }
    boolean quick = tool != null && Signs.QUICK.contains(tool) && !isLive();
    return quick && now - event.micros() > QUICK_AFTER
        ? Standing.certain(State.WAITING, "seems to ask for consent", event.micros())
            .in(tool)
            .uncertain()
        : null;
  }

  private static boolean isOpen(Event event) {
    return event.eventType().equals(EventTypes.TOOL_CALL)
        && event.flag(Field.SUCCESS) == null
        && event.detail(Merge.RESULT_AT) == null
        && event.integer(Field.DURATION_MS) == null;
  }

  private boolean isOpenCall(Event event) {
    return isOpen(event) && !isPassed(event);
  }

  /** True when its agent, or a person, did something later that could not be before its answer. */
  private boolean isPassed(Event event) {
    for (Event other : events) {
      if (other != event && passes(other, event)) {
        return true;
      }
    }
    return false;
  }

  private static boolean passes(Event later, Event event) {
    if (doneAt(later) <= event.micros()) {
      return false;
    }
    String type = later.eventType();
    if (Signs.isEnd(later)) {
      return true;
    }
    if (!Objects.equals(later.text(Field.AGENT_NAME), event.text(Field.AGENT_NAME))) {
      return false;
    }
    return switch (type) {
      case EventTypes.USER_PROMPT,
          EventTypes.USER_INTERRUPT,
          EventTypes.TOOL_REJECTED,
          "interrupt",
          "stop_failure" ->
          true;
      // The response that a call stands in is of about the same time.
      case EventTypes.MODEL_CALL -> later.micros() > event.micros() + SAME_RESPONSE;
      case EventTypes.TOOL_CALL ->
          Signs.isQuestion(event)
              && !isOpen(later)
              && (event.detail("tool") == null
                  || Objects.equals(later.detail("tool"), event.detail("tool")));
      // A notification and the question that it is about are two events.
      case EventTypes.HUMAN_CLARIFICATION_NEEDED ->
          event.eventType().equals("notification") && later.detail(Merge.RESULT_AT) != null;
      default -> Signs.TURN_ENDS.contains(type);
    };
  }

  private Standing inCall(Event call) {
    String tool = call.detail("tool");
    boolean silent = now - last() > SILENT;
    if (silent && !isLive()) {
      return Standing.certain(State.UNCLEAN, "last heard of in a call", last())
          .in(tool)
          .uncertain();
    }
    Standing working = Standing.certain(State.WORKING, "in a call", call.micros()).in(tool);
    return isLive() ? working : working.uncertain();
  }

  private Standing betweenCalls() {
    Event last = newestDeed();
    long since = doneAt(last);
    String type = last.eventType();
    String stop = last.detail("stop_reason");
    if (Signs.TURN_ENDS.contains(type) || (stop != null && TURN_STOPS.contains(stop))) {
      return Standing.certain(State.IDLE, "its turn is over", since);
    } else if (type.equals("stop_failure")) {
      return Standing.certain(State.WAITING, failed(last.detail("error")), since);
    } else if (type.equals("session_start")) {
      return Standing.certain(State.IDLE, "has begun, and waits for a prompt", since);
    } else if (type.equals(EventTypes.USER_INTERRUPT) || type.equals("interrupt")) {
      return Standing.certain(State.IDLE, "you interrupted it", since);
    } else if (type.equals(EventTypes.TOOL_REJECTED)) {
      return Standing.certain(State.IDLE, "you refused a call", since);
    } else if (Events.ERRORS.matches(last) && !type.equals(EventTypes.TOOL_CALL)) {
      String why = failed(last.detail("error_type"));
      return now - since > QUICK_AFTER
          ? Standing.certain(State.WAITING, why, since).uncertain()
          : Standing.certain(State.WORKING, why, since);
    }
    if (now - since <= SILENT) {
      return Standing.certain(State.WORKING, "between two steps", since).uncertain();
    }
    return type.equals("agent_message")
        ? Standing.certain(State.IDLE, "said something last", since).uncertain()
        : Standing.certain(State.UNCLEAN, "stopped in the middle", since).uncertain();
  }

  private static String failed(@Nullable String error) {
    return "stopped by an error" + (error == null ? "" : ": " + error.replace('_', ' '));
  }

  /**
   * The newest event that tells what an agent or a person did, by when it was over. Of a response
   * and what it says, the words: they tell more.
   */
  private Event newestDeed() {
    Event newest = events.getFirst();
    long at = Long.MIN_VALUE;
    for (Event event : events) {
      long done = doneAt(event);
      if (!Signs.ASIDE.contains(event.eventType())
          && (done > at || done == at && isSaidBy(event, newest))) {
        newest = event;
        at = done;
      }
    }
    return newest;
  }

  private static boolean isSaidBy(Event words, Event response) {
    return words.eventType().equals("agent_message")
        && response.eventType().equals(EventTypes.MODEL_CALL)
        && response.detail("stop_reason") == null;
  }
}
