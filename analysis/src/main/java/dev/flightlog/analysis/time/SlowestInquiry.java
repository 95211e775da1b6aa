package dev.flightlog.analysis.time;

import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.concurrent.Together;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The slowest single events, found without looking at all: the ten slowest lie in the ten days with
 * the largest maxima, and there in the ten hours with the largest. Only these hours are read, and
 * of them only what is as slow as the last of these maxima.
 */
public final class SlowestInquiry implements Inquiry<Event> {
  public static final Question QUESTION =
      new Question(
              "slowest",
              "The ten slowest events, and where to look at them",
              "By duration_ms, the longest first; equal ones newest first. Events that hold the time of"
                  + " others (agent_finished, task_outcome, turn_duration) are left out. 'waiting' is the part of it in which a person"
                  + " was waited for; without one nobody knows.",
              List.of(),
              200,
              new SlowestInquiry())
          .usedFor("what took longest");

  private static final int SHOWN = 10;
  private static final Dimension.BySpan BY_DAY = new Dimension.BySpan(Span.DAY);
  private static final Dimension.BySpan BY_HOUR = new Dimension.BySpan(Span.HOUR);

  private static final Comparator<Event> BY_TIME_TAKEN =
      Order.comparingLong(SlowestInquiry::millis)
          .thenComparingLong(Event::micros)
          .thenComparing(Event::id);

  @Override
  public List<Column<Event>> columns() {
    return List.of(
        Column.whole("duration_ms", "milliseconds", e -> e.integer(Field.DURATION_MS)),
        Column.whole(
            "waiting_ms",
            "of it waiting for a person; null when not known",
            SlowestInquiry::waiting),
        Column.text("event_type", "tool_call or another type", Event::eventType),
        Column.text("tool", "the tool; null for what is no tool call", e -> e.detail("tool")),
        Column.text("agent", "agent_name; null when there is none", e -> e.text(Field.AGENT_NAME)),
        Column.text("story", "story_id; null when there is none", e -> e.text(Field.STORY_ID)),
        Column.text(
            "session", "session_id; null when there is none", e -> e.text(Field.SESSION_ID)),
        Column.text(
            "result", "ok, failed, refused (by a person) or unknown", SlowestInquiry::result),
        Column.time("time", "when it happened", Event::micros),
        Column.text("id", "of the event", Event::id));
  }

  @Override
  public Result<Event> ask(Selection selection) {
    Group all = selection.measure(Events.WORK, Measures.TIMED, Measures.TIME, Measures.LONGEST);
    long timed = all.count(Measures.TIMED);
    List<Event> slowest = timed == 0 ? List.of() : slowest(selection);
    String size =
        timed == 0
            ? "no event has a duration"
            : Units.count(slowest.size()) + " of " + Units.count(timed) + " timed";
    return new Result<Event>()
        .rows(slowest)
        .cell(">took", (e, _) -> Wording.duration(e.integer(Field.DURATION_MS)))
        .cell(">waiting", (e, _) -> Wording.duration(waiting(e)))
        .cell("what", (e, wording) -> wording.name(name(e)))
        .cell("", (e, _) -> toldResult(result(e)))
        .cell("agent", (e, wording) -> wording.name(e.text(Field.AGENT_NAME), "-"))
        .cell("session", SlowestInquiry::session)
        .cell("when", (e, wording) -> wording.seen(e.micros()))
        .heading(
            wording ->
                "Slowest, "
                    + selection.window(wording)
                    + ": "
                    + size
                    + "; "
                    + selection.newestShort(),
            wording -> "Slowest, " + selection.window(wording) + ": " + size)
        .hint(reader -> around(slowest, reader) + reader.ask("bottlenecks"))
        .total("timed", timed)
        .total("max_ms", all.whole(Measures.LONGEST));
  }

  /** Where to look at the slowest that has a session, when one has. */
  private static String around(List<Event> slowest, Reader reader) {
    for (Event event : slowest) {
      String session = event.text(Field.SESSION_ID);
      if (session != null) {
        boolean first = event == slowest.getFirst();
        return (first ? "Around the slowest: " : "Around one of them: ")
            + reader.ask("session", "SESSION", session)
            + "; sums: ";
      }
    }
    return "Sums: ";
  }

  private static @Nullable Long waiting(Event event) {
    Number waiting = event.detailNumber("waiting_ms");
    return waiting == null ? null : (Long) waiting.longValue();
  }

  private static String name(Event event) {
    String tool = event.eventType().equals(EventTypes.TOOL_CALL) ? event.detail("tool") : null;
    return tool == null ? event.eventType() : tool;
  }

  private static String session(Event event, Wording wording) {
    String session = event.text(Field.SESSION_ID);
    return session == null ? "-" : wording.session(session);
  }

  private static String toldResult(String result) {
    return result.equals("ok") || result.equals("unknown") ? "-" : result;
  }

  private static String result(Event event) {
    Boolean success = event.flag(Field.SUCCESS);
    if (success == null) {
      return "unknown";
    }
    return success ? "ok" : Events.REJECTED.matches(event) ? "refused" : "failed";
  }

  private static List<Event> slowest(Selection selection) {
    List<Callable<List<Group>>> days = new ArrayList<>();
    for (Group day : longest(selection, Events.WORK, BY_DAY)) {
      Filter time = within(day, BY_DAY);
      days.add(() -> longest(selection, Filter.and(Events.WORK, time), BY_HOUR));
    }
    List<Group> hours = new ArrayList<>();
    Together.some(selection.store(), days).forEach(hours::addAll);
    hours = longest(hours, BY_HOUR);
    Filter slow =
        hours.size() < SHOWN
            ? Filter.not(Filter.absent(Events.DURATION))
            : new Filter.Between(
                Events.DURATION, hours.getLast().count(Measures.LONGEST), Double.MAX_VALUE);
    List<Callable<PriorityQueue<Event>>> reads = new ArrayList<>();
    for (Group hour : hours) {
      Filter those = Filter.and(Events.WORK, within(hour, BY_HOUR), slow);
      reads.add(() -> slowest(selection, those));
    }
    List<Event> slowest = new ArrayList<>();
    Together.some(selection.store(), reads).forEach(slowest::addAll);
    slowest.sort(BY_TIME_TAKEN.reversed());
    return slowest.subList(0, Math.min(SHOWN, slowest.size()));
  }

  private static Filter within(Group group, Dimension.BySpan by) {
    long start = group.start(by);
    return new Filter.Time(start, start + by.span().micros());
  }

  private static PriorityQueue<Event> slowest(Selection selection, Filter those) {
    PriorityQueue<Event> found = new PriorityQueue<>(BY_TIME_TAKEN);
    ReadRequest request = ReadRequest.newestFirst(selection.and(those));
    try (Answer answer = selection.store().read(request)) {
      Iterator<Event> events = answer.events().filter(answer.unmet()::matches).iterator();
      while (events.hasNext()) {
        found.add(events.next());
        if (found.size() > SHOWN) {
          found.remove();
        }
      }
    }
    return found;
  }

  private static long millis(Event event) {
    Long millis = event.integer(Field.DURATION_MS);
    return millis == null ? Long.MIN_VALUE : millis;
  }

  private static List<Group> longest(Selection selection, Filter filter, Dimension span) {
    return longest(selection.group(filter, List.of(span), List.of(Measures.LONGEST)), span);
  }

  private static List<Group> longest(List<Group> groups, Dimension span) {
    List<Group> known = new ArrayList<>(groups);
    known.removeIf(group -> group.whole(Measures.LONGEST) == null);
    known.sort(
        Order.comparingLong((Group g) -> g.count(Measures.LONGEST))
            .thenComparingLong(g -> g.start(span))
            .reversed());
    return known.subList(0, Math.min(SHOWN, known.size()));
  }
}
