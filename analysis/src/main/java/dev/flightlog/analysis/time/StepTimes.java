package dev.flightlog.analysis.time;

import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.statistics.Slowdowns;
import dev.flightlog.analysis.statistics.Slowdowns.Cell;
import dev.flightlog.analysis.statistics.Slowdowns.Effect;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs and milliseconds of each agent at each step, day by day, over the last eight weeks: what
 * {@link Slowdowns} looks at. A step is a type of event, of tool calls with the tool, of webhooks
 * with the stage; written as these two with a zero character between them.
 */
public final class StepTimes {
  /** The attribute by which webhooks are told apart. */
  private static final Attribute STAGE_OF_WEBHOOK = Attribute.detail("stage");

  static final int DAYS = 56;

  /** The cells with most time, which are looked at. */
  private static final int MOST_CELLS = 600;

  /** Stages stand in no roll-up; with more events in the window webhooks are one step. */
  private static final long MOST_SCANNED = 100_000;

  private static final char BETWEEN = 0;

  private final Map<String, Cell> cells = new HashMap<>();
  private final long begin;
  private final int days;

  private StepTimes(long begin, int days) {
    this.begin = begin;
    this.days = days;
  }

  /** What has become slower and still is. */
  static List<Effect> slower(Scope scope) {
    long begin = day(scope, 0);
    int days = (int) ((Span.DAY.startOf(scope.last()) - begin) / Timestamps.DAY) + 1;
    StepTimes times = new StepTimes(begin, days);
    Filter window = new Filter.Time(begin, begin + days * Timestamps.DAY);
    Filter webhooks = Filter.is(Field.EVENT_TYPE, EventTypes.WEBHOOK_STAGE);
    // Days are added up only where there are webhooks at all: that they are none is known at once.
    boolean stages =
        scope.measure(webhooks, Measure.count()).whole(0) > 0
            && scope.measure(window, Measure.count()).whole(0) <= MOST_SCANNED;
    Filter rolledUp = stages ? Filter.and(Scope.WORK, Filter.not(webhooks)) : Scope.WORK;
    times.add(scope, Filter.and(rolledUp, window), new Dimension.ByAttribute(Scope.TOOL));
    if (stages) {
      Dimension stage = new Dimension.ByAttribute(STAGE_OF_WEBHOOK);
      times.add(scope, Filter.and(webhooks, window), stage);
    }
    return Slowdowns.in(times.largest(), days);
  }

  /** The beginning of a day of the window. */
  static long day(Scope scope, int index) {
    long last = Span.DAY.startOf(scope.last());
    long first = Span.DAY.startOf(scope.first());
    return Math.max(first, last - (DAYS - 1) * Timestamps.DAY) + index * Timestamps.DAY;
  }

  private void add(Scope scope, Filter filter, Dimension detail) {
    for (Row row :
        scope.group(
            filter,
            List.of(
                Dimension.by(Span.DAY),
                Dimension.of(Field.AGENT_NAME),
                Dimension.of(Field.EVENT_TYPE),
                detail),
            List.of(Measure.countOf(Scope.DURATION), Measure.sum(Scope.DURATION)))) {
      int day = (int) (((Long) row.key().getFirst() - begin) / Timestamps.DAY);
      if (row.whole(0) > 0 && row.whole(1) > 0 && day >= 0 && day < days) {
        String agent = row.text(1);
        String type = String.valueOf(row.text(2));
        String name = row.text(3);
        boolean detailed =
            type.equals(EventTypes.TOOL_CALL) || type.equals(EventTypes.WEBHOOK_STAGE);
        String step = detailed && name != null ? type + BETWEEN + name : type;
        String key = step + BETWEEN + BETWEEN + (agent == null ? "" : agent);
        Cell cell = cells.computeIfAbsent(key, _ -> new Cell(agent, step, days));
        cell.runs[day] += row.whole(0);
        cell.millis[day] += row.whole(1);
      }
    }
  }

  private List<Cell> largest() {
    List<Cell> all = new ArrayList<>(cells.values());
    all.sort(
        Comparator.comparingDouble((Cell cell) -> -Slowdowns.total(cell))
            .thenComparing(cell -> cell.step)
            .thenComparing(cell -> String.valueOf(cell.agent)));
    return all.subList(0, Math.min(MOST_CELLS, all.size()));
  }

  static String type(String step) {
    int between = step.indexOf(BETWEEN);
    return between < 0 ? step : step.substring(0, between);
  }

  static @Nullable String tool(String step) {
    return detail(step, EventTypes.TOOL_CALL);
  }

  static @Nullable String stage(String step) {
    return detail(step, EventTypes.WEBHOOK_STAGE);
  }

  private static @Nullable String detail(String step, String type) {
    int between = step.indexOf(BETWEEN);
    return between > 0 && type(step).equals(type) ? step.substring(between + 1) : null;
  }
}
