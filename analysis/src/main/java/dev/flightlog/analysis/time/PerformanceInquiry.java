package dev.flightlog.analysis.time;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How fast it is, and how full the context gets. */
public final class PerformanceInquiry implements Inquiry<PerformanceInquiry.Speed> {
  public static final Question QUESTION =
      new Question(
              "performance",
              "How fast it is, and how full the context gets",
              "Average, p95 and slowest by event type, the most frequent first; above them all"
                  + " together, where several are timed, but for those that hold the time of others"
                  + " (agent_finished, task_outcome, turn_duration). p95 is the time that 95 of 100 did"
                  + " not exceed, within one percent of rank. Durations hold what was waiting for a person; how much, is"
                  + " told as in 'bottlenecks'. Peak context is the largest"
                  + " context_percent seen.",
              List.of(),
              100,
              new PerformanceInquiry())
          .usedFor("latency");

  private static final Measure PEAK = Measure.max(Attribute.of(Field.CONTEXT_PERCENT));

  private static final List<Measure> MEASURES =
      List.of(
          Measures.TIMED,
          Measures.AVERAGE,
          Measures.P95,
          Measures.LONGEST,
          Measures.TIME,
          Measures.WAITING,
          Measures.SPLIT,
          PEAK);

  /**
   * How fast events of a type are.
   *
   * @param type null for all together
   */
  record Speed(@Nullable String type, Group times) {}

  @Override
  public List<Column<Speed>> columns() {
    return List.of(
        Column.text("event_type", "the type; null for all together", Speed::type),
        Column.whole("timed", "events with a duration", s -> s.times().count(Measures.TIMED)),
        Column.real(
            "avg_ms",
            "average in milliseconds; null when none is timed",
            s -> s.times().real(Measures.AVERAGE)),
        Column.real(
            "p95_ms",
            "95 of 100 took no longer, in milliseconds",
            s -> s.times().real(Measures.P95)),
        Column.whole(
            "max_ms", "the slowest in milliseconds", s -> s.times().whole(Measures.LONGEST)),
        Column.whole(
            "total_ms",
            "sum of the durations in milliseconds",
            s -> s.times().whole(Measures.TIME)),
        Column.whole(
            "waiting_ms",
            "of it waiting for a person, as far as known",
            s -> s.times().whole(Measures.WAITING)),
        Column.whole(
            "split_unknown",
            "durations of which it is not known how much was waiting",
            s -> TimeSplit.of(s.times()).unsplit()),
        Column.real(
            "peak_context_percent",
            "0 to 100; null when no event tells",
            s -> s.times().real(PEAK)));
  }

  @Override
  public Result<Speed> ask(Selection selection) {
    List<Group> types =
        new ArrayList<>(selection.group(Filter.EVERYTHING, List.of(Events.BY_TYPE), MEASURES));
    Double context = null;
    for (Group type : types) {
      Double peak = type.real(PEAK);
      context = peak == null || (context != null && context >= peak) ? context : peak;
    }
    types.removeIf(type -> type.count(Measures.TIMED) == 0);
    types.sort(Order.comparingLong((Group g) -> g.count(Measures.TIMED)).reversed());
    List<Group> work = new ArrayList<>(types);
    work.removeIf(type -> Events.CONTAINERS.contains(type.text(Events.BY_TYPE)));
    Group all = work.size() == 1 ? work.getFirst() : null;
    Result<Speed> result =
        new Result<Speed>()
            .cell("", (speed, wording) -> wording.name(speed.type(), "all"))
            .cell("", (speed, wording) -> words(speed.times()));
    if (work.size() > 1) {
      all = selection.group(Events.WORK, List.of(), MEASURES).getFirst();
      result.row(new Speed(null, all));
    }
    for (Group type : types) {
      result.row(new Speed(type.text(Events.BY_TYPE), type));
    }
    String peak =
        context == null ? "peak context unknown" : "peak context " + Units.percent(context);
    String durations = types.isEmpty() ? "no event has a duration; " : "";
    return result
        .heading(
            wording ->
                "Speed, "
                    + selection.window(wording)
                    + ": "
                    + durations
                    + peak
                    + "; "
                    + selection.newestShort(),
            wording -> "Speed, " + selection.window(wording) + ": " + durations + peak)
        .total("timed", all == null ? 0L : (Long) all.count(Measures.TIMED))
        .total("avg_ms", all == null ? null : all.real(Measures.AVERAGE))
        .total("p95_ms", all == null ? null : all.real(Measures.P95))
        .total("peak_context_percent", context);
  }

  private static String words(Group times) {
    return "average "
        + Wording.duration(times.real(Measures.AVERAGE))
        + ", p95 "
        + Wording.duration(times.real(Measures.P95))
        + " ("
        + Units.count(times.count(Measures.TIMED))
        + ")"
        + (times.count(Measures.SPLIT) == 0 ? "" : "; " + TimeSplit.of(times).words());
  }
}
