package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Forecast;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The next seven days, and how wrong such forecasts were before. */
public final class ForecastInquiry implements Inquiry {
  private static final long WEEK = 7 * Timestamps.DAY;

  public static final Question QUESTION =
      new Question(
          "forecast",
          "Errors, tokens, cost of the next 7 days; how past forecasts did",
          "Weeks are blocks of seven whole days that end with the newest whole day; a week without"
              + " events is no data and left out. The forecast is that of the method whose forecasts"
              + " of earlier weeks were nearest: the last week, the mean of the last four, smoothing"
              + " by 0.3 or by 0.6, or the trend of the last six (Theil and Sen). The interval holds"
              + " four of five of the past errors. 'past forecasts' made each week's forecast from"
              + " the weeks before it alone, choice of method included: the middle of their errors"
              + " and how many lay inside their interval. Below four weeks there is no forecast,"
              + " below eight no interval.",
          List.of(),
          150,
          new ForecastInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("measure", "errors, tokens_used or cost_usd"),
          Column.real("forecast", "of the next seven days; null when there are too few weeks"),
          Column.real("low", "lower end of the interval; null when there are too few weeks"),
          Column.real("high", "upper end of the interval; null when there are too few weeks"),
          Column.real("last_week", "the newest block of seven days"),
          Column.text("method", "last, mean_4, smooth_0.3, smooth_0.6 or trend_6"),
          Column.whole("backtests", "past weeks that were forecast from those before them"),
          Column.real("typical_error", "median of |forecast - outcome| / outcome, 0 to 1 and more"),
          Column.whole("intervals", "backtests that had an interval"),
          Column.whole("inside", "of these, outcomes that lay inside it"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    String measure = String.valueOf(row[0]);
    String past =
        row[7] == null
            ? "-"
            : "off "
                + Wording.share(row[7])
                + (row[8] instanceof Long intervals && intervals > 0
                    ? ", " + Wording.count(row[9]) + '/' + Units.count(intervals) + " inside"
                    : "");
    String interval = row[2] == null ? "-" : said(measure, row[2]) + " to " + said(measure, row[3]);
    String name =
        measure.equals("tokens_used") ? "tokens" : measure.equals("cost_usd") ? "cost" : measure;
    return new String[] {
      name,
      row[1] == null ? "too few weeks" : said(measure, row[1]),
      interval,
      said(measure, row[4]),
      past
    };
  }

  private static String said(String measure, @Nullable Object value) {
    if (!(value instanceof Double number)) {
      return "-";
    }
    return switch (measure) {
      case "tokens_used" -> Units.tokens(number);
      case "cost_usd" -> Units.dollars(number);
      default -> Units.count(Math.round(number));
    };
  }

  @Override
  public Findings ask(Scope scope) {
    boolean running = Span.DAY.startOf(scope.last()) == Span.DAY.startOf(scope.now());
    long end = Span.DAY.startOf(scope.last()) + (running ? 0 : Timestamps.DAY);
    TreeMap<Long, Sums> blocks = blocks(scope, end);
    long whole = blocks.isEmpty() ? 0 : (end - blocks.firstKey()) / WEEK;
    long without = whole - blocks.size();
    Sums all = Sums.of(blocks.values());
    Findings findings =
        new Findings()
            .heads(wording -> List.of("", ">next 7d", "80% between", ">last 7d", "past forecasts"));
    double[] errors = new double[blocks.size()];
    double[] tokens = new double[blocks.size()];
    double[] cost = new double[blocks.size()];
    int i = 0;
    for (Sums block : blocks.values()) {
      errors[i] = block.errors;
      tokens[i] = block.tokens;
      cost[i++] = block.cost;
    }
    if (blocks.size() > 0) {
      add(findings, "errors", errors);
    }
    if (all.tokensKnown) {
      add(findings, "tokens_used", tokens);
    }
    if (all.costKnown) {
      add(findings, "cost_usd", cost);
    }
    if (all.unpriced() > 0) {
      findings.note(
          "The cost leaves out " + Units.count(all.unpriced(), "call") + " of unknown price");
    }
    String from =
        Units.count(blocks.size(), "whole week")
            + (without > 0 ? ", " + Units.count(without) + " without data" : "");
    String few = blocks.size() < Forecast.FEWEST ? "; 4 are needed" : "";
    return findings
        .heading(
            wording ->
                "Forecast from "
                    + Wording.day(end)
                    + ", "
                    + scope.window(wording)
                    + ": from "
                    + from
                    + few,
            wording -> "Forecast, " + scope.window(wording) + ": from " + from + few)
        .total("from", Timestamps.text(end))
        .total("weeks", (long) blocks.size())
        .total("weeks_without_data", Math.max(0, without))
        .total("unpriced_calls", all.unpriced());
  }

  /**
   * Whole blocks of seven days by their beginning; the part of one at the beginning is left out.
   */
  private static TreeMap<Long, Sums> blocks(Scope scope, long end) {
    long weeks = Math.max(0, (end - Span.DAY.startOf(scope.first())) / WEEK);
    TreeMap<Long, Sums> blocks = new TreeMap<>();
    if (weeks == 0) {
      return blocks;
    }
    Filter time = new Filter.Time(end - weeks * WEEK, end);
    for (Map.Entry<Long, Sums> day : Sums.by(Span.DAY, scope, time).entrySet()) {
      long start = end - ((end - day.getKey() - 1) / WEEK + 1) * WEEK;
      blocks.computeIfAbsent(start, _ -> new Sums()).add(day.getValue());
    }
    return blocks;
  }

  private static void add(Findings findings, String measure, double[] weeks) {
    Forecast forecast = Forecast.of(weeks);
    Forecast.Past past = Forecast.past(weeks);
    findings.row(
        measure,
        forecast == null ? null : (Double) forecast.value(),
        forecast == null ? null : forecast.low(),
        forecast == null ? null : forecast.high(),
        weeks[weeks.length - 1],
        forecast == null ? null : forecast.method(),
        past.backtests(),
        past.typicalError(),
        past.intervals(),
        past.inside());
  }
}
