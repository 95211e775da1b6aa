package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Choice;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened in each hour, day or week, those without events too: what a chart over time is
 * drawn from.
 */
public final class ActivityInquiry implements Inquiry<ActivityInquiry.Bucket> {
  private static final Choice SPAN = new Choice("activity", List.of("day", "hour", "week"));

  /** So many at the most, the newest. */
  private static final Map<String, Integer> MOST = Map.of("hour", 24 * 14, "day", 92, "week", 26);

  public static final Question QUESTION =
      new Question(
          "activity",
          "Events, sessions, errors, tokens, cost by hour, day or week",
          "All hours, days or weeks from the first with events to the newest, also those without; at most"
              + " 336 hours, 92 days or 26 weeks before the newest event, unless since is given. Days and"
              + " weeks (from Monday) are those of the reader's zone; an hour that lies in two counts where it begins."
              + " 'sessions' are those with events in an hour; of a day or week, the most in one of its hours. Errors"
              + " are counted as in 'errors'; waiting is the known part, as in 'bottlenecks'.",
          List.of(SPAN.argument("SPAN", "hour")),
          300,
          new ActivityInquiry());

  private static final Dimension HOUR = Dimension.by(Span.HOUR);

  private static final List<Measure> MEASURES =
      List.of(
          Measures.EVENTS,
          Measures.SESSIONS,
          Measures.TOOL_CALLS,
          Measures.RESULTS,
          Measures.FAILED,
          Measures.ERRORS,
          Measures.TOKENS,
          Measures.WAITING);

  private static final List<Measure> SUMS =
      MEASURES.stream().filter(measure -> measure != Measures.SESSIONS).toList();

  /**
   * A stretch of time.
   *
   * @param tokens null when no event tells them
   */
  record Bucket(
      long from,
      long events,
      long sessions,
      long toolCalls,
      long results,
      long failed,
      long errors,
      @Nullable Long tokens,
      long waitingMs,
      ModelUse use) {
    static Bucket empty(long from) {
      return new Bucket(from, 0, 0, 0, 0, 0, 0, null, 0, ModelUse.NONE);
    }

    Bucket withSessions(long met) {
      return new Bucket(
          from, events, met, toolCalls, results, failed, errors, tokens, waitingMs, use);
    }

    Bucket plus(Bucket other) {
      Long more = other.tokens;
      return new Bucket(
          from,
          events + other.events,
          Math.max(sessions, other.sessions),
          toolCalls + other.toolCalls,
          results + other.results,
          failed + other.failed,
          errors + other.errors,
          more == null ? tokens : tokens == null ? more : (Long) (tokens + more),
          waitingMs + other.waitingMs,
          use.plus(other.use));
    }
  }

  @Override
  public List<Column<Bucket>> columns() {
    return List.of(
        Column.time("from", "when the hour, day or week begins", Bucket::from),
        Column.whole("events", "all events", Bucket::events),
        Column.whole("sessions", "at a time: the most in one hour of it", Bucket::sessions),
        Column.whole("tool_calls", "tool calls", Bucket::toolCalls),
        Column.whole("results", "tool calls whose result is known", Bucket::results),
        Column.whole("failed_tool_calls", "refused ones left out", Bucket::failed),
        Column.whole("errors", "as in the question errors", Bucket::errors),
        Column.whole("model_calls", "model calls", b -> b.use().calls()),
        Column.whole("tokens_used", "null when no event tells", Bucket::tokens),
        Column.real("cost_usd", "known costs; null when none is known", b -> b.use().cost()),
        Column.whole("unpriced_calls", "model calls of unknown price", b -> b.use().unpriced()),
        Column.whole("waiting_ms", "waiting for a person, as far as known", Bucket::waitingMs));
  }

  @Override
  public boolean leavesOutOurOwn() {
    return true;
  }

  @Override
  public Result<Bucket> ask(Selection selection) {
    String span = SPAN.of(selection.call());
    Dates dates = selection.dates();
    long first = begin(span, selection);
    Filter time = Filter.since(first);
    TreeMap<Long, Bucket> all = new TreeMap<>();
    // Days of UTC have sums of their own; only of sessions at a time there is one an hour.
    Span sums = dates.isUtc() && !span.equals("hour") ? Span.DAY : Span.HOUR;
    Dimension by = Dimension.by(sums);
    for (Group group : selection.group(time, List.of(by), sums == Span.DAY ? SUMS : MEASURES)) {
      put(all, of(group, startOf(span, group.start(by), dates)));
    }
    if (sums == Span.DAY) {
      for (Group group : selection.group(time, List.of(HOUR), List.of(Measures.SESSIONS))) {
        long from = startOf(span, group.start(HOUR), dates);
        put(all, Bucket.empty(from).withSessions(group.count(Measures.SESSIONS)));
      }
    }
    ModelUse.bySpan(selection, sums, time)
        .forEach((start, use) -> {
          long from = startOf(span, start, dates);
          put(all, new Bucket(from, 0, 0, 0, 0, 0, 0, null, 0, use));
        });
    Result<Bucket> result =
        new Result<Bucket>()
            .cell(
                span,
                (b, _) ->
                    span.equals("day") || span.equals("week")
                        ? dates.day(b.from())
                        : dates.wholeMinute(b.from()))
            .cell(">events", (b, _) -> Units.count(b.events()))
            .cell(">sessions", (b, _) -> Units.count(b.sessions()))
            .cell(">errors", (b, _) -> Units.count(b.errors()))
            .cell(">tokens", (b, _) -> Wording.tokens(b.tokens()))
            .cell(">cost", (b, _) -> b.use().calls() == 0 ? "-" : b.use().words());
    long end = startOf(span, selection.last(), dates);
    for (long from = end;
        !all.isEmpty() && from >= all.firstKey();
        from = before(span, from, dates)) {
      result.row(all.getOrDefault(from, Bucket.empty(from)));
    }
    String found = busiest(result.rows(), span, dates);
    return result
        .heading(
            wording -> "Activity by " + span + ", " + selection.window(wording) + ": " + found,
            wording -> "Activity by " + span + ": " + found)
        .hint(reader ->
            span.equals("hour") ? null : "Hour by hour: " + reader.ask("activity", "SPAN", "hour"));
  }

  private static String busiest(List<Bucket> buckets, String span, Dates dates) {
    Bucket busiest = null;
    for (Bucket bucket : buckets) {
      busiest = busiest == null || bucket.events() > busiest.events() ? bucket : busiest;
    }
    if (busiest == null) {
      return "nothing";
    }
    String when =
        span.equals("hour") ? dates.wholeMinute(busiest.from()) : dates.day(busiest.from());
    return Units.count(busiest.events(), "event") + " in the busiest, " + when;
  }

  private static void put(TreeMap<Long, Bucket> all, Bucket bucket) {
    all.merge(bucket.from(), bucket, Bucket::plus);
  }

  private static Bucket of(Group group, long from) {
    return new Bucket(
        from,
        group.count(Measures.EVENTS),
        group.measures() == SUMS ? 0 : group.count(Measures.SESSIONS),
        group.count(Measures.TOOL_CALLS),
        group.count(Measures.RESULTS),
        group.count(Measures.FAILED),
        group.count(Measures.ERRORS),
        group.whole(Measures.TOKENS),
        group.count(Measures.WAITING),
        ModelUse.NONE);
  }

  /** Where the oldest that is shown begins, at a whole hour. */
  private static long begin(String span, Selection selection) {
    if (selection.since() != null) {
      return Long.MIN_VALUE;
    }
    long at = startOf(span, selection.last(), selection.dates());
    for (int i = 1; i < MOST.getOrDefault(span, 1); i++) {
      at = before(span, at, selection.dates());
    }
    return Span.HOUR.startOf(at);
  }

  private static long startOf(String span, long time, Dates dates) {
    return switch (span) {
      case "hour" -> Span.HOUR.startOf(time);
      case "week" -> Period.WEEK.startOf(time, dates);
      default -> Period.DAY.startOf(time, dates);
    };
  }

  private static long before(String span, long start, Dates dates) {
    return switch (span) {
      case "hour" -> start - Span.HOUR.micros();
      case "week" -> Period.WEEK.plus(start, -1, dates);
      default -> Period.DAY.plus(start, -1, dates);
    };
  }
}
