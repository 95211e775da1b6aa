package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Forecast;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The next seven days, and how wrong such forecasts were before. */
public final class ForecastInquiry implements Inquiry<ForecastInquiry.Expected> {
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
                  + " below eight no interval; where the middle of past errors is above 40 % it cannot be told.",
              List.of(),
              150,
              new ForecastInquiry())
          .usedFor("next week");

  private static final int DAYS = 7;

  /** A forecast that was usually off by more is none. */
  private static final double LARGEST_ERROR = 0.4;

  /** What is forecast. */
  enum Amount {
    ERRORS("errors", "errors") {
      @Override
      String words(double amount) {
        return Units.count(Math.round(amount));
      }
    },
    TOKENS("tokens_used", "tokens") {
      @Override
      String words(double amount) {
        return Units.tokens(amount);
      }
    },
    COST("cost_usd", "cost") {
      @Override
      String words(double amount) {
        return Units.dollars(amount);
      }
    };

    private final String key;
    private final String name;

    Amount(String key, String name) {
      this.key = key;
      this.name = name;
    }

    abstract String words(double amount);

    String words(@Nullable Double amount) {
      return amount == null ? "-" : words(amount.doubleValue());
    }
  }

  /**
   * One amount.
   *
   * @param forecast null when there are too few weeks
   */
  record Expected(Amount amount, @Nullable Forecast forecast, Forecast.Past past, double lastWeek) {
    @Nullable Double value() {
      return forecast == null || cannotBeTold() ? null : (Double) forecast.value();
    }

    @Nullable Double low() {
      return forecast == null || cannotBeTold() ? null : forecast.low();
    }

    @Nullable Double high() {
      return forecast == null || cannotBeTold() ? null : forecast.high();
    }

    /** True when the middle of the past errors was so large that a number would say nothing. */
    boolean cannotBeTold() {
      Double off = past.typicalError();
      return off != null && off > LARGEST_ERROR;
    }

    String words() {
      return forecast == null
          ? "too few weeks"
          : cannotBeTold() ? "cannot be told" : amount.words(forecast.value());
    }
  }

  @Override
  public List<Column<Expected>> columns() {
    return List.of(
        Column.text("measure", "errors, tokens_used or cost_usd", e -> e.amount().key),
        Column.real(
            "forecast",
            "of the next seven days; null when there are too few weeks",
            Expected::value),
        Column.real(
            "low", "lower end of the interval; null when there are too few weeks", Expected::low),
        Column.real(
            "high", "upper end of the interval; null when there are too few weeks", Expected::high),
        Column.real("last_week", "the newest block of seven days", Expected::lastWeek),
        Column.text(
            "method",
            "last, mean_4, smooth_0.3, smooth_0.6 or trend_6",
            e -> e.forecast() == null ? null : e.forecast().method()),
        Column.whole(
            "backtests",
            "past weeks that were forecast from those before them",
            e -> e.past().backtests()),
        Column.real(
            "typical_error",
            "median of |forecast - outcome| / outcome, 0 to 1 and more",
            e -> e.past().typicalError()),
        Column.whole("intervals", "backtests that had an interval", e -> e.past().intervals()),
        Column.whole("inside", "of these, outcomes that lay inside it", e -> e.past().inside()));
  }

  @Override
  public boolean leavesOutOurOwn() {
    return true;
  }

  @Override
  public Result<Expected> ask(Selection selection) {
    Dates dates = selection.dates();
    long today = Period.DAY.startOf(selection.last(), dates);
    boolean running = today == Period.DAY.startOf(selection.now(), dates);
    long end = running ? today : Period.DAY.plus(today, 1, dates);
    TreeMap<Long, Sums> blocks = blocks(selection, end);
    long whole = blocks.isEmpty() ? 0 : Period.DAY.between(blocks.firstKey(), end, dates) / DAYS;
    long without = whole - blocks.size();
    Sums all = Sums.of(blocks.values());
    Result<Expected> result =
        new Result<Expected>()
            .cell("", (e, _) -> e.amount().name)
            .cell(">next 7d", (e, _) -> e.words())
            .cell("80% between", (e, _) -> interval(e))
            .cell(">last 7d", (e, _) -> e.amount().words(e.lastWeek()))
            .cell("past forecasts", (e, _) -> past(e.past()));
    if (!blocks.isEmpty()) {
      result.row(expected(Amount.ERRORS, blocks.values().stream().mapToDouble(Sums::errors)));
    }
    if (all.tokens() != null) {
      result.row(
          expected(Amount.TOKENS, blocks.values().stream().mapToDouble(s -> known(s.tokens()))));
    }
    if (all.cost() != null) {
      result.row(expected(Amount.COST, blocks.values().stream().mapToDouble(s -> known(s.cost()))));
    }
    if (all.unpriced() > 0) {
      result.note(
          "The cost leaves out " + Units.count(all.unpriced(), "call") + " of unknown price");
    }
    String from =
        Units.count(blocks.size(), "whole week")
            + (without > 0 ? ", " + Units.count(without) + " without data" : "");
    String few = blocks.size() < Forecast.FEWEST ? "; 4 are needed" : "";
    return result
        .heading(
            wording ->
                "Forecast from "
                    + dates.day(end)
                    + ", "
                    + selection.window(wording)
                    + ": from "
                    + from
                    + few,
            wording -> "Forecast, " + selection.window(wording) + ": from " + from + few)
        .total("from", Timestamps.text(end))
        .total("weeks", (long) blocks.size())
        .total("weeks_without_data", Math.max(0, without))
        .total("unpriced_calls", all.unpriced());
  }

  private static double known(@Nullable Number amount) {
    return amount == null ? 0 : amount.doubleValue();
  }

  private static String interval(Expected of) {
    return of.low() == null
        ? "-"
        : of.amount().words(of.low()) + " to " + of.amount().words(of.high());
  }

  private static String past(Forecast.Past past) {
    if (past.typicalError() == null) {
      return "-";
    }
    String inside =
        past.intervals() == 0
            ? ""
            : ", " + Units.count(past.inside()) + '/' + Units.count(past.intervals()) + " inside";
    return "off " + Wording.share(past.typicalError()) + inside;
  }

  private static Expected expected(Amount amount, java.util.stream.DoubleStream byWeek) {
    double[] weeks = byWeek.toArray();
    return new Expected(amount, Forecast.of(weeks), Forecast.past(weeks), weeks[weeks.length - 1]);
  }

  /**
   * Whole blocks of seven days by their beginning; the part of one at the beginning is left out.
   */
  private static TreeMap<Long, Sums> blocks(Selection selection, long end) {
    Dates dates = selection.dates();
    long first = Period.DAY.startOf(selection.first(), dates);
    long weeks = Math.max(0, Period.DAY.between(first, end, dates) / DAYS);
    TreeMap<Long, Sums> blocks = new TreeMap<>();
    if (weeks == 0) {
      return blocks;
    }
    Filter time = new Filter.Time(Period.DAY.plus(end, -weeks * DAYS, dates), end);
    Sums.by(Period.DAY, selection, time)
        .forEach((day, sums) -> {
          long back = (Period.DAY.between(day, end, dates) - 1) / DAYS + 1;
          blocks.merge(Period.DAY.plus(end, -back * DAYS, dates), sums, Sums::plus);
        });
    return blocks;
  }
}
