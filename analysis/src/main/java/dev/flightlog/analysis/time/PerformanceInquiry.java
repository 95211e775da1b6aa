package dev.flightlog.analysis.time;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How fast it is, and how full the context gets. */
public final class PerformanceInquiry implements Inquiry {
  public static final Question QUESTION =
      new Question(
          "performance",
          "How fast it is, and how full the context gets",
          "Average, p95 and slowest by event type, the most frequent first; above them all"
              + " together, where several are timed, but for those that hold the time of others"
              + " (agent_finished, task_outcome, turn_duration). p95 is the time that 95 of 100 did"
              + " not exceed, within one percent of rank. Peak context is the largest"
              + " context_percent seen.",
          List.of(),
          100,
          new PerformanceInquiry());

  private static final Attribute CONTEXT = Attribute.of(Field.CONTEXT_PERCENT);

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("event_type", "the type; null for all together"),
          Column.whole("timed", "events with a duration"),
          Column.real("avg_ms", "average in milliseconds; null when none is timed"),
          Column.real("p95_ms", "95 of 100 took no longer, in milliseconds"),
          Column.whole("max_ms", "the slowest in milliseconds"),
          Column.real("peak_context_percent", "0 to 100; null when no event tells"));

  private static final List<Measure> MEASURES =
      List.of(
          Measure.countOf(Scope.DURATION),
          Measure.average(Scope.DURATION),
          Measure.percentile(Scope.DURATION, 0.95),
          Measure.max(Scope.DURATION),
          Measure.max(CONTEXT));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      wording.name(row[0], "all"),
      "average "
          + Wording.duration(row[2])
          + ", p95 "
          + Wording.duration(row[3])
          + " ("
          + Wording.count(row[1])
          + ")"
    };
  }

  @Override
  public Findings ask(Scope scope) {
    List<Row> types =
        new ArrayList<>(
            scope.group(Filter.EVERYTHING, List.of(Dimension.of(Field.EVENT_TYPE)), MEASURES));
    Double context = null;
    for (Row row : types) {
      context = row.isKnown(4) ? (Double) Math.max(row.real(4), zero(context)) : context;
    }
    types.removeIf(row -> row.whole(0) == 0);
    types.sort(Comparator.comparingLong((Row row) -> row.whole(0)).reversed());
    List<Row> work = new ArrayList<>(types);
    work.removeIf(row -> Scope.CONTAINERS.contains(row.text(0)));
    Row all = work.size() == 1 ? work.getFirst() : null;
    Findings findings = new Findings().heads(wording -> List.of("", ""));
    if (work.size() > 1) {
      all = scope.group(Scope.WORK, List.of(), MEASURES).getFirst();
      add(findings, all, null);
    }
    for (Row row : types) {
      add(findings, row, row.text(0));
    }
    boolean timed = !types.isEmpty();
    String peak =
        context == null ? "peak context unknown" : "peak context " + Units.percent(context);
    String durations = timed ? "" : "no event has a duration; ";
    return findings
        .heading(
            wording ->
                "Speed, "
                    + scope.window(wording)
                    + ": "
                    + durations
                    + peak
                    + "; "
                    + scope.newestShort(),
            wording -> "Speed, " + scope.window(wording) + ": " + durations + peak)
        .total("timed", all == null ? (Long) 0L : (Long) all.whole(0))
        .total("avg_ms", all == null ? null : all.values().get(1))
        .total("p95_ms", all == null ? null : all.values().get(2))
        .total("peak_context_percent", context);
  }

  private static double zero(@Nullable Double known) {
    return known == null ? 0 : known;
  }

  private static void add(Findings findings, Row row, @Nullable String type) {
    findings.row(
        type,
        row.whole(0),
        row.values().get(1),
        row.values().get(2),
        row.values().get(3),
        row.values().get(4));
  }
}
