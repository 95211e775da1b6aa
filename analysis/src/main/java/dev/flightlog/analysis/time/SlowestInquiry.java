package dev.flightlog.analysis.time;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The slowest single events, found without looking at all: the ten slowest lie in the ten days with
 * the largest maxima, and there in the ten hours with the largest. Only these hours are read, and
 * of them only what is as slow as the last of these maxima.
 */
public final class SlowestInquiry implements Inquiry {
  private static final int SHOWN = 10;
  private static final Measure LONGEST = Measure.max(Scope.DURATION);

  private static final Comparator<Event> BY_TIME_TAKEN =
      Comparator.comparingLong(SlowestInquiry::millis)
          .thenComparingLong(Event::micros)
          .thenComparing(Event::id);

  public static final Question QUESTION =
      new Question(
          "slowest",
          "The ten slowest events, and where to look at them",
          "By duration_ms, the longest first; equal ones newest first. Events that hold the time of"
              + " others (agent_finished, task_outcome, turn_duration) are left out. A transcript's"
              + " duration is result time minus call time, so it includes waiting for a person's"
              + " consent.",
          List.of(),
          200,
          new SlowestInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.whole("duration_ms", "milliseconds"),
          Column.text("event_type", "tool_call or another type"),
          Column.text("tool", "the tool; null for what is no tool call"),
          Column.text("agent", "agent_name; null when there is none"),
          Column.text("story", "story_id; null when there is none"),
          Column.text("session", "session_id; null when there is none"),
          Column.text("result", "ok, failed, refused (by a person) or unknown"),
          Column.time("time", "when it happened"),
          Column.text("id", "of the event"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      Wording.duration(row[0]),
      wording.name(
          EventTypes.TOOL_CALL.equals(row[1]) && row[2] != null ? row[2] : row[1], "event"),
      "ok".equals(row[6]) || "unknown".equals(row[6]) ? "-" : String.valueOf(row[6]),
      wording.name(row[3], "-"),
      row[5] == null ? "-" : wording.session(row[5]),
      wording.seen(row[7])
    };
  }

  @Override
  public Findings ask(Scope scope) {
    Row all =
        scope.measure(
            Scope.WORK, Measure.countOf(Scope.DURATION), Measure.sum(Scope.DURATION), LONGEST);
    long timed = all.whole(0);
    List<Event> slowest = timed == 0 ? List.of() : slowest(scope);
    Findings findings =
        new Findings().heads(wording -> List.of(">took", "what", "", "agent", "session", "when"));
    for (Event event : slowest) {
      findings.row(
          event.integer(Field.DURATION_MS),
          event.eventType(),
          event.detail("tool"),
          event.text(Field.AGENT_NAME),
          event.text(Field.STORY_ID),
          event.text(Field.SESSION_ID),
          result(event),
          event.micros(),
          event.id());
    }
    String size =
        timed == 0
            ? "no event has a duration"
            : Units.count(slowest.size()) + " of " + Units.count(timed) + " timed";
    return findings
        .heading(
            wording ->
                "Slowest, " + scope.window(wording) + ": " + size + "; " + scope.newestShort(),
            wording -> "Slowest, " + scope.window(wording) + ": " + size)
        .hint("Around one of them: flightlog ask session ID; sums: flightlog ask bottlenecks")
        .total("timed", timed)
        .total("max_ms", all.values().get(2));
  }

  private static String result(Event event) {
    Boolean success = event.flag(Field.SUCCESS);
    if (success == null) {
      return "unknown";
    }
    return success ? "ok" : Scope.REJECTED.matches(event) ? "refused" : "failed";
  }

  private static List<Event> slowest(Scope scope) {
    List<Row> hours = new ArrayList<>();
    for (Row day : longest(scope, Scope.WORK, Span.DAY)) {
      long start = (Long) day.key().getFirst();
      Filter time = new Filter.Time(start, start + Span.DAY.micros());
      hours.addAll(longest(scope, Filter.and(Scope.WORK, time), Span.HOUR));
    }
    hours = longest(hours);
    double least = hours.getLast().real(0);
    boolean few = hours.size() < SHOWN;
    PriorityQueue<Event> found = new PriorityQueue<>(BY_TIME_TAKEN);
    for (Row row : hours) {
      long hour = (Long) row.key().getFirst();
      Filter time = new Filter.Time(hour, hour + Span.HOUR.micros());
      Filter slow =
          few
              ? Filter.not(Filter.absent(Scope.DURATION))
              : new Filter.Between(Scope.DURATION, least, Double.MAX_VALUE);
      ReadRequest request = ReadRequest.newestFirst(scope.and(Filter.and(Scope.WORK, time, slow)));
      try (Answer answer = scope.store().read(request)) {
        Iterator<Event> events = answer.events().filter(answer.unmet()::matches).iterator();
        while (events.hasNext()) {
          found.add(events.next());
          if (found.size() > SHOWN) {
            found.remove();
          }
        }
      }
    }
    List<Event> slowest = new ArrayList<>(found);
    slowest.sort(BY_TIME_TAKEN.reversed());
    return slowest;
  }

  private static long millis(Event event) {
    Long millis = event.integer(Field.DURATION_MS);
    return millis == null ? Long.MIN_VALUE : millis;
  }

  private static List<Row> longest(Scope scope, Filter filter, Span span) {
    return longest(scope.group(filter, List.of(Dimension.by(span)), List.of(LONGEST)));
  }

  private static List<Row> longest(List<Row> rows) {
    List<Row> known = new ArrayList<>(rows);
    known.removeIf(row -> !row.isKnown(0));
    known.sort(
        Comparator.comparingDouble((Row row) -> row.real(0))
            .thenComparingLong(row -> (Long) row.key().getFirst())
            .reversed());
    return known.subList(0, Math.min(SHOWN, known.size()));
  }
}
