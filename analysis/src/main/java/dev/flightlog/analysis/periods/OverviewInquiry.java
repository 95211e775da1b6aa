package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Change;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Six numbers of the last seven days beside those of the seven before, and what changed surely. */
public final class OverviewInquiry implements Inquiry<OverviewInquiry.Figure> {
  private static final int DAYS = 7;
  private static final long DAY = Span.DAY.micros();

  public static final Question QUESTION =
      new Question(
              "overview",
              "The last seven days in six numbers beside the seven before",
              "Seven times 24 hours that end with the present hour, and seven before. The interval of the change is"
                  + " Welch's over the days (95 %): 'unclear' where the days differ too much to tell. Failed calls are tool calls that"
                  + " failed over those whose result is known; a person steps in by interrupting or by refusing a call; waiting"
                  + " is the known part. Costs are known ones; calls of unknown price are told.",
              List.of(),
              250,
              new OverviewInquiry())
          .usedFor("how is it going, what changed");

  private static final Dimension HOUR = Dimension.by(Span.HOUR);

  private static final Measure STEPPED_IN =
      Measure.count(
          Filter.in(
              Attribute.of(Field.EVENT_TYPE),
              Set.of(EventTypes.USER_INTERRUPT, EventTypes.TOOL_REJECTED)));

  private static final List<Measure> MEASURES =
      List.of(Measures.RESULTS, Measures.FAILED, Measures.TOKENS, Measures.WAITING, STEPPED_IN);

  /** What a number is. */
  enum Unit {
    COUNT,
    USD,
    TOKENS,
    SHARE,
    MILLISECONDS
  }

  /**
   * One of the numbers.
   *
   * @param change null when there is nothing to compare
   * @param unknown of how many its part is not known; 0 when all is
   */
  record Figure(String name, String words, Unit unit, @Nullable Change change, long unknown) {
    @Nullable Double now() {
      return change == null ? null : (Double) change.now();
    }

    @Nullable Double before() {
      return change == null ? null : (Double) change.before();
    }

    String direction() {
      return change == null ? "unclear" : change.direction().name().toLowerCase(Locale.ROOT);
    }
  }

  /** A number for each of the fourteen days, the oldest first. */
  private record Days(double[] all) {
    Days() {
      this(new double[2 * DAYS]);
    }

    double[] now() {
      return java.util.Arrays.copyOfRange(all, DAYS, 2 * DAYS);
    }

    double[] before() {
      return java.util.Arrays.copyOfRange(all, 0, DAYS);
    }

    Change sums() {
      return Change.ofSums(now(), before());
    }
  }

  @Override
  public List<Column<Figure>> columns() {
    return List.of(
        Column.text("number", "its name", Figure::name),
        Column.text(
            "unit",
            "count, usd, tokens, share or milliseconds",
            f -> f.unit().name().toLowerCase(Locale.ROOT)),
        Column.real("now", "in the last seven days; null when unknown", Figure::now),
        Column.real("before", "in the seven days before", Figure::before),
        Column.real(
            "change",
            "(now - before) / before",
            f -> f.change() == null ? null : f.change().relative()),
        Column.real(
            "change_low",
            "its 95 % interval begins",
            f -> f.change() == null ? null : f.change().relativeLow()),
        Column.real(
            "change_high", "and ends", f -> f.change() == null ? null : f.change().relativeHigh()),
        Column.text("direction", "up, down or unclear", Figure::direction),
        Column.whole("unknown", "calls left out of it, whose part is not known", Figure::unknown));
  }

  @Override
  public boolean leavesOutOurOwn() {
    return true;
  }

  @Override
  public Result<Figure> ask(Selection selection) {
    long end = Span.HOUR.startOf(selection.now()) + Span.HOUR.micros();
    long begin = end - 2 * DAYS * DAY;
    Filter time = new Filter.Time(begin, end);
    Days results = new Days();
    Days failed = new Days();
    Days tokens = new Days();
    Days waiting = new Days();
    Days steppedIn = new Days();
    for (Group group : selection.group(time, List.of(HOUR), MEASURES)) {
      int day = (int) ((group.start(HOUR) - begin) / DAY);
      results.all[day] += group.count(Measures.RESULTS);
      failed.all[day] += group.count(Measures.FAILED);
      tokens.all[day] += group.count(Measures.TOKENS);
      waiting.all[day] += group.count(Measures.WAITING);
      steppedIn.all[day] += group.count(STEPPED_IN);
    }
    Days cost = new Days();
    ModelUse week = ModelUse.NONE;
    for (Map.Entry<Long, ModelUse> hour : ModelUse.byHour(selection, time).entrySet()) {
      int day = (int) ((hour.getKey() - begin) / DAY);
      Double dollars = hour.getValue().cost();
      cost.all[day] += dollars == null ? 0 : dollars;
      week = day >= DAYS ? week.plus(hour.getValue()) : week;
    }
    Result<Figure> result =
        new Result<Figure>()
            .row(new Figure("sessions", "sessions", Unit.COUNT, sessions(selection, begin), 0))
            .row(new Figure("cost", "cost", Unit.USD, cost.sums(), week.unpriced()))
            .row(new Figure("tokens", "tokens", Unit.TOKENS, tokens.sums(), 0))
            .row(
                new Figure(
                    "failed_calls",
                    "failed tool calls",
                    Unit.SHARE,
                    Change.ofShares(failed.now(), results.now(), failed.before(), results.before()),
                    0))
            .row(new Figure("stepped_in", "a person stepped in", Unit.COUNT, steppedIn.sums(), 0))
            .row(new Figure("waiting", "waited for a person", Unit.MILLISECONDS, waiting.sums(), 0))
            .cell("", (f, _) -> f.words())
            .cell(">7 days", (f, _) -> words(f, f.now()))
            .cell(">before", (f, _) -> words(f, f.before()))
            .cell("change", (f, _) -> change(f));
    String found =
        words(result.rows().get(0), result.rows().get(0).now())
            + " sessions, "
            + (week.calls() == 0 ? "nothing spent" : week.words());
    if (week.unpriced() > 0) {
      result.note(Units.count(week.unpriced(), "call") + " of unknown price in the seven days");
    }
    return result
        .heading(
            wording ->
                "Seven days, "
                    + selection.window(wording)
                    + ": "
                    + found
                    + "; "
                    + selection.newest(),
            wording -> "Seven days: " + found)
        .hint(reader -> "Day by day: " + reader.ask("activity", "SPAN", "day"));
  }

  /** A session may be of several days: those of the weeks are counted by themselves. */
  private static Change sessions(Selection selection, long begin) {
    Days days = new Days();
    for (int day = 0; day < days.all.length; day++) {
      days.all[day] = sessions(selection, begin + day * DAY, begin + (day + 1) * DAY);
    }
    Change change = days.sums();
    long middle = begin + DAYS * DAY;
    double now = sessions(selection, middle, middle + DAYS * DAY);
    double before = sessions(selection, begin, middle);
    double half = (change.high() - change.low()) / 2;
    return new Change(now, before, now - before - half, now - before + half);
  }

  private static double sessions(Selection selection, long from, long until) {
    return selection
        .measure(new Filter.Time(from, until), Measures.SESSIONS)
        .count(Measures.SESSIONS);
  }

  private static String words(Figure figure, @Nullable Double value) {
    if (value == null) {
      return "-";
    }
    return switch (figure.unit()) {
      case COUNT -> Units.count(Math.round(value));
      case USD -> (figure.unknown() > 0 ? ">=" : "") + Units.dollars(value);
      case TOKENS -> Wording.tokens(value);
      case SHARE -> Units.share(value);
      case MILLISECONDS -> Units.duration(value);
    };
  }

  private static String change(Figure figure) {
    Change change = figure.change();
    if (change == null || change.relative() == null) {
      return "-";
    }
    String by = percent(change.relative());
    return change.direction() == Change.Direction.UNCLEAR
        ? by + ", unclear"
        : by + " [" + percent(change.relativeLow()) + ", " + percent(change.relativeHigh()) + "]";
  }

  private static String percent(@Nullable Double part) {
    return part == null ? "-" : (part >= 0 ? "+" : "") + Math.round(part * 100) + "%";
  }
}
