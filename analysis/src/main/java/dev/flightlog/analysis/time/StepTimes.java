package dev.flightlog.analysis.time;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.statistics.Slowdowns;
import dev.flightlog.analysis.statistics.Slowdowns.Cell;
import dev.flightlog.analysis.statistics.Slowdowns.Effect;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Order;
import java.util.ArrayList;
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
  static List<Effect> slower(Selection selection) {
    long begin = day(selection, 0);
    Dates dates = selection.dates();
    int days = (int) Period.DAY.between(begin, selection.last(), dates) + 1;
    StepTimes times = new StepTimes(begin, days);
    Filter window = new Filter.Time(begin, Period.DAY.plus(begin, days, dates));
    Filter webhooks = Filter.is(Field.EVENT_TYPE, EventTypes.WEBHOOK_STAGE);
    // Days are added up only where there are webhooks at all: that they are none is known at once.
    boolean stages = selection.count(webhooks) > 0 && selection.count(window) <= MOST_SCANNED;
    Filter rolledUp = stages ? Filter.and(Events.WORK, Filter.not(webhooks)) : Events.WORK;
    times.add(selection, Filter.and(rolledUp, window), Events.BY_TOOL);
    if (stages) {
      Dimension stage = new Dimension.ByAttribute(STAGE_OF_WEBHOOK);
      times.add(selection, Filter.and(webhooks, window), stage);
    }
    return Slowdowns.in(times.largest(), days);
  }

  /** The beginning of a day of the window. */
  static long day(Selection selection, int index) {
    Dates dates = selection.dates();
    long last = Period.DAY.startOf(selection.last(), dates);
    long first = Period.DAY.startOf(selection.first(), dates);
    return Period.DAY.plus(Math.max(first, Period.DAY.plus(last, 1 - DAYS, dates)), index, dates);
  }

  private void add(Selection selection, Filter filter, Dimension detail) {
    Period.DAY.group(
        selection,
        filter,
        List.of(Events.BY_AGENT, Events.BY_TYPE, detail),
        List.of(Measures.TIMED, Measures.TIME),
        (group, start) -> {
          int day = (int) Period.DAY.between(begin, start, selection.dates());
          long runs = group.count(Measures.TIMED);
          long millis = group.count(Measures.TIME);
          if (runs > 0 && millis > 0 && day >= 0 && day < days) {
            String agent = group.text(Events.BY_AGENT);
            String type = String.valueOf(group.text(Events.BY_TYPE));
            String name = group.text(detail);
            boolean detailed =
                type.equals(EventTypes.TOOL_CALL) || type.equals(EventTypes.WEBHOOK_STAGE);
            String step = detailed && name != null ? type + BETWEEN + name : type;
            String key = step + BETWEEN + BETWEEN + (agent == null ? "" : agent);
            Cell cell = cells.computeIfAbsent(key, _ -> new Cell(agent, step, days));
            cell.runs[day] += runs;
            cell.millis[day] += millis;
          }
        });
  }

  private List<Cell> largest() {
    List<Cell> all = new ArrayList<>(cells.values());
    all.sort(
        Order.comparingDouble((Cell cell) -> -Slowdowns.total(cell))
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
