package dev.flightlog.analysis.cost;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was spent so far today, this week and this month, and what it comes to at this pace. */
public final class SpendInquiry implements Inquiry<SpendInquiry.Spent> {
  public static final Question QUESTION =
      new Question(
              "spend",
              "Spent so far today, this week, this month; at this pace; and before",
              "Of each period what was spent from its beginning, in the reader's zone, and what the"
                  + " whole would cost if the rest went on as its part until now; nothing is said of"
                  + " a pace before a tenth of it has passed. 'before' is the whole period before it."
                  + " Calls of unknown price are counted and never taken as zero.",
              List.of(),
              150,
              new SpendInquiry())
          .usedFor("budget, burn rate, this month");

  /** A part that is too short tells no pace. */
  private static final double LEAST_PART = 0.1;

  /**
   * A period until now.
   *
   * @param pace what the whole would cost; null when nothing can be said
   */
  record Spent(Period period, long from, ModelUse now, @Nullable Double pace, ModelUse before) {
    String words() {
      return switch (period) {
        case DAY -> "today";
        case WEEK -> "this week";
        case MONTH -> "this month";
      };
    }
  }

  @Override
  public List<Column<Spent>> columns() {
    return List.of(
        Column.text(
            "period", "day, week or month", s -> s.period().name().toLowerCase(Locale.ROOT)),
        Column.time("from", "when it began", Spent::from),
        Column.whole("calls", "model calls so far", s -> s.now().calls()),
        Column.real("cost_usd", "known costs so far; null when none is known", s -> s.now().cost()),
        Column.whole("unpriced_calls", "calls of unknown price", s -> s.now().unpriced()),
        Column.real("pace_usd", "the whole period at this pace; null too early", Spent::pace),
        Column.real("before_usd", "the whole period before", s -> s.before().cost()));
  }

  @Override
  public Result<Spent> ask(Selection selection) {
    Dates dates = selection.dates();
    long now = selection.now();
    Result<Spent> result =
        new Result<Spent>()
            .cell("", (s, _) -> s.words())
            .cell(">spent", (s, _) -> money(s.now()))
            .cell(">at this pace", (s, _) -> s.pace() == null ? "-" : Units.dollars(s.pace()))
            .cell(">before", (s, _) -> money(s.before()));
    for (Period period : new Period[] {Period.MONTH, Period.WEEK, Period.DAY}) {
      long from = period.startOf(now, dates);
      long end = period.plus(from, 1, dates);
      ModelUse spent = ModelUse.of(selection, new Filter.Time(from, end));
      Filter earlier = new Filter.Time(period.plus(from, -1, dates), from);
      double part = (double) (now - from) / (end - from);
      Double cost = spent.cost();
      Double pace = cost == null || part < LEAST_PART ? null : (Double) (cost / part);
      result.row(new Spent(period, from, spent, pace, ModelUse.of(selection, earlier)));
    }
    Spent month = result.rows().getFirst();
    String found =
        money(month.now())
            + " since "
            + dates.date(month.from())
            + (month.pace() == null ? "" : ", " + Units.dollars(month.pace()) + " at this pace");
    if (month.now().unpriced() > 0) {
      result.note(Units.count(month.now().unpriced(), "call") + " of unknown price this month");
    }
    return result
        .heading(
            wording -> "Spent, " + selection.window(wording) + ": " + found,
            wording -> "Spent: " + found)
        .hint(reader ->
            "On what: " + reader.ask("cost", "BY", "project", "since", dates.day(month.from())))
        .total("month_usd", month.now().cost())
        .total("month_pace_usd", month.pace());
  }

  private static String money(ModelUse use) {
    return use.calls() == 0 ? "nothing" : use.words();
  }
}
