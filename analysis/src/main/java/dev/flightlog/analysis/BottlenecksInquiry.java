package dev.flightlog.analysis;

import dev.flightlog.analysis.wording.Units;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the time goes. */
final class BottlenecksInquiry implements Inquiry {
  static final Question QUESTION =
      new Question(
          "bottlenecks",
          "Where the time goes",
          "All durations are added up by tool, and by event type for what is no tool call; the"
              + " largest sum comes first. Events that hold the time of others (agent_finished,"
              + " task_outcome, turn_duration) are left out; a tool that runs a subagent holds its subagent's"
              + " time. A transcript's duration is result time minus call time, so it includes"
              + " waiting for a person's consent.",
          List.of(),
          100,
          new BottlenecksInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("event_type", "tool_call or another type"),
          Column.text("tool", "the tool; null for what is no tool call"),
          Column.real("share", "total_ms over the time of all, 0 to 1"),
          Column.whole("total_ms", "sum of durations in milliseconds"),
          Column.whole("timed", "events with a duration"),
          Column.real("avg_ms", "average in milliseconds"),
          Column.real("p95_ms", "95 of 100 took no longer, in milliseconds"),
          Column.whole("max_ms", "the slowest in milliseconds"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      Wording.share(row[2]),
      EventTypes.TOOL_CALL.equals(row[0])
          ? wording.name(row[1], "(no tool)")
          : wording.name(row[0], "event"),
      Wording.duration(row[3]),
      "p95 " + Wording.duration(row[6]) + ", " + Wording.count(row[4]) + " runs"
    };
  }

  @Override
  public Findings ask(Scope scope) {
    List<Row> timed = new ArrayList<>();
    long total = 0;
    for (Row row :
        scope.group(
            Scope.WORK,
            List.of(Dimension.of(Field.EVENT_TYPE), new Dimension.ByAttribute(Scope.TOOL)),
            List.of(
                Measure.sum(Scope.DURATION),
                Measure.countOf(Scope.DURATION),
                Measure.average(Scope.DURATION),
                Measure.percentile(Scope.DURATION, 0.95),
                Measure.max(Scope.DURATION)))) {
      if (row.isKnown(0)) {
        timed.add(row);
        total += row.whole(0);
      }
    }
    timed.sort(Comparator.comparingLong((Row row) -> row.whole(0)).reversed());
    Findings findings = new Findings().heads(wording -> List.of(">", "", ">", ""));
    for (Row row : timed) {
      findings.row(
          row.text(0),
          row.text(1),
          total <= 0 ? null : (Double) ((double) row.whole(0) / total),
          row.whole(0),
          row.whole(1),
          row.values().get(2),
          row.values().get(3),
          row.whole(4));
    }
    String all = timed.isEmpty() ? "no event has a duration" : Units.duration(total) + " measured";
    return findings
        .heading(
            wording -> "Time, " + scope.window(wording) + ": " + all + "; " + scope.newestShort(),
            wording -> "Time, " + scope.window(wording) + ": " + all)
        .total("total_ms", timed.isEmpty() ? null : (Long) total);
  }
}
