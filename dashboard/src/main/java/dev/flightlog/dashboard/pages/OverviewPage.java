package dev.flightlog.dashboard.pages;

import dev.flightlog.analysis.Answer;
import dev.flightlog.dashboard.answers.AnswerRow;
import dev.flightlog.dashboard.answers.Coverage;
import dev.flightlog.dashboard.chart.Bar;
import dev.flightlog.dashboard.chart.Heatmap;
import dev.flightlog.dashboard.chart.LineChart;
import dev.flightlog.dashboard.chart.Sparkline;
import dev.flightlog.dashboard.chart.Treemap;
import dev.flightlog.dashboard.frame.Empty;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Table;
import dev.flightlog.dashboard.frame.Tiles;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Tag;
import dev.flightlog.event.Timestamps;
import dev.flightlog.wording.Units;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How it is going: six numbers, when work was done, what it cost, what failed. Stateless. */
public final class OverviewPage {
  private static final int TOP_ERRORS = 8;
  private static final int DAYS = 28;

  private OverviewPage() {}

  /**
   * The page, from the answers to the questions of these names.
   *
   * @param hours {@code activity} by hour
   * @param days {@code activity} by day
   * @param time {@code bottlenecks}
   */
  public static Page of(
      Answer overview, Answer hours, Answer days, Answer errors, Answer time, View view) {
    List<AnswerRow> byHour = AnswerRow.of(hours);
    List<AnswerRow> byDay = AnswerRow.of(days);
    if (byHour.isEmpty() && byDay.isEmpty()) {
      return Page.of(
          PageName.OVERVIEW,
          Section.of(
              "numbers",
              "The last seven days",
              view.scope().isAll()
                  ? Empty.because(
                      "Nothing was recorded yet. Read the sessions that are there:",
                      "flightlog import ~/.claude/projects")
                  : Empty.narrowed("Nothing is like that.", PageName.OVERVIEW.link())));
    }
    return Page.of(
        PageName.OVERVIEW,
        Section.of("numbers", "The last seven days", numbers(overview, byDay, view)),
        Section.of("heatmap", "When", heatmap(hours, byHour, view)),
        Section.of("days", "Day by day", days(days, byDay, view)),
        Section.of("errors", "What failed most, and what helped", errors(errors, view)),
        Section.of("time", "Where the time went", time(time, view)));
  }

  private static Html numbers(Answer answer, List<AnswerRow> days, View view) {
    Tiles tiles = Tiles.none();
    for (AnswerRow row : AnswerRow.of(answer)) {
      String unit = row.textOrEmpty("unit");
      tiles =
          tiles.tile(
              row.textOrEmpty("number").replace('_', ' '),
              value(row.real("now"), unit, row.whole("unknown")),
              Html.all(change(row, unit), trend(row.textOrEmpty("number"), days)));
    }
    return Html.all(
        tiles.html(), Coverage.of(answer, view, Coverage.csv("overview", view.scope())));
  }

  /** How a number went in the last four weeks, of those that are told day by day. */
  private static Html trend(String number, List<AnswerRow> days) {
    List<Double> values = new ArrayList<>();
    for (AnswerRow day : days.subList(0, Math.min(DAYS, days.size())).reversed()) {
      values.add(ofDay(number, day));
    }
    return Sparkline.of(
        number.replace('_', ' ') + ", day by day, " + Units.count(values.size(), "day"), values);
  }

  private static double ofDay(String number, AnswerRow day) {
    Number value =
        switch (number) {
          case "sessions" -> day.whole("sessions");
          case "cost" -> day.real("cost_usd");
          case "tokens" -> day.whole("tokens_used");
          case "failed_calls" -> day.wholeOrZero("failed_tool_calls");
          case "waiting" -> day.whole("waiting_ms");
          default -> null;
        };
    return value == null ? 0 : value.doubleValue();
  }

  private static Html value(@Nullable Double value, String unit, @Nullable Long unknown) {
    if (value == null) {
      return Values.unknown();
    }
    return switch (unit) {
      case "usd" -> Values.cost(value, unknown);
      case "tokens" -> Values.tokens(value);
      case "share" -> Values.share(value);
      case "milliseconds" -> Values.duration(value);
      default -> Values.count(Math.round(value));
    };
  }

  private static Html change(AnswerRow row, String unit) {
    Double before = row.real("before");
    if (before == null) {
      return Html.text("nothing to compare with");
    }
    Html was = Html.all(Html.text("was "), value(before, unit, null));
    Double change = row.real("change");
    Double low = row.real("change_low");
    Double high = row.real("change_high");
    if (change == null) {
      return was;
    }
    String direction = row.textOrEmpty("direction");
    String told = percent(change);
    String interval =
        low == null || high == null
            ? ""
            : ", 95 % between " + percent(low) + " and " + percent(high);
    Html word =
        direction.equals("unclear")
            ? Element.of(Tag.SPAN, "unclear").of("quiet")
            : Element.of(Tag.STRONG, direction.equals("up") ? "▲ " + told : "▼ " + told);
    Html bar =
        low == null || high == null
            ? Html.NONE
            : Bar.interval("change " + told + interval, low, change, high);
    return Html.all(word, Html.text(" "), bar, Html.text(" "), was);
  }

  private static String percent(double share) {
    return (share > 0 ? "+" : share < 0 ? "-" : "") + Units.share(Math.abs(share));
  }

  private static Html heatmap(Answer answer, List<AnswerRow> rows, View view) {
    Map<String, List<AnswerRow>> byDay = new LinkedHashMap<>();
    for (AnswerRow row : rows) {
      Long from = row.time("from");
      if (from != null) {
        byDay.computeIfAbsent(view.dates().day(from), day -> new ArrayList<>()).add(row);
      }
    }
    List<String> hours = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      hours.add(hour % 3 == 0 ? String.valueOf(hour) : "");
    }
    Heatmap map = new Heatmap("Events by day and hour", hours);
    byDay.forEach((day, own) -> map.row(day.substring(5), cells(day, own, view)));
    return Html.all(
        map.html(),
        Element.of(
                Tag.P,
                "Events, hour by hour, in "
                    + view.dates().name()
                    + "; a click shows only that hour.")
            .of("quiet"),
        Coverage.of(answer, view, Coverage.csv("activity", view.scope())));
  }

  private static List<Heatmap.Cell> cells(String day, List<AnswerRow> rows, View view) {
    Map<Integer, AnswerRow> byHour = new LinkedHashMap<>();
    for (AnswerRow row : rows) {
      Long from = row.time("from");
      if (from != null) {
        byHour.putIfAbsent(view.dates().at(from).getHour(), row);
      }
    }
    List<Heatmap.Cell> cells = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      AnswerRow row = byHour.get(hour);
      long events = row == null ? 0 : row.wholeOrZero("events");
      String meaning =
          day
              + " "
              + hour
              + ":00, "
              + Units.count(events, "event")
              + (row == null
                  ? ""
                  : ", "
                      + Units.count(row.wholeOrZero("sessions"), "session")
                      + ", "
                      + Units.count(row.wholeOrZero("errors"), "error"));
      cells.add(new Heatmap.Cell(events, meaning, row == null ? null : only(row, 1, view)));
    }
    return cells;
  }

  /** The sessions of so many hours. */
  private static dev.flightlog.dashboard.html.@Nullable Link only(
      AnswerRow row, int hours, View view) {
    Long from = row.time("from");
    if (from == null) {
      return null;
    }
    ZonedDateTime end = view.dates().at(from).plusHours(hours);
    return view.scope()
        .since(Timestamps.text(from))
        .until(Timestamps.text(dev.flightlog.analysis.arguments.Dates.micros(end)))
        .on(PageName.SESSIONS.link());
  }

  private static Html days(Answer answer, List<AnswerRow> rows, View view) {
    LineChart cost = new LineChart("Known costs", "time", "usd", LineChart.Look.BARS).line("cost");
    LineChart tokens =
        new LineChart("Tokens", "time", "tokens", LineChart.Look.BARS).line("tokens");
    LineChart errors = new LineChart("Errors", "time", "count", LineChart.Look.BARS).line("errors");
    LineChart sessions =
        new LineChart(
                "Sessions at a time, the most in an hour", "time", "count", LineChart.Look.BARS)
            .line("sessions");
    for (AnswerRow row : rows) {
      Long from = row.time("from");
      if (from == null) {
        continue;
      }
      double at = from / 1e6;
      var link = only(row, 24, view);
      Html day =
          link == null
              ? Html.text(view.dates().day(from))
              : Element.link(link, view.dates().day(from));
      Double usd = row.real("cost_usd");
      cost.point(day, at, usd == null ? 0 : usd);
      tokens.point(day, at, row.wholeOrZero("tokens_used"));
      errors.point(day, at, row.wholeOrZero("errors"));
      sessions.point(day, at, row.wholeOrZero("sessions"));
    }
    return Html.all(
        Element.of(Tag.DIV, cost.html(), tokens.html(), errors.html(), sessions.html())
            .of("charts"),
        Coverage.of(answer, view, Coverage.csv("activity", view.scope()).with("span", "day")));
  }

  private static Html errors(Answer answer, View view) {
    List<AnswerRow> rows = AnswerRow.of(answer);
    if (rows.isEmpty()) {
      return Empty.because("Nothing failed in what was recorded.");
    }
    return Html.all(
        PatternsPage.errorTable(rows.subList(0, Math.min(TOP_ERRORS, rows.size())), view),
        Element.of(
                Tag.P,
                Element.link(
                    view.to(PageName.PATTERNS.path()),
                    "All " + Units.count(rows.size(), "class").replace("classs", "classes")))
            .of("coverage"));
  }

  private static Html time(Answer answer, View view) {
    List<AnswerRow> rows =
        AnswerRow.of(answer).stream()
            .filter(row -> row.textOrEmpty("kind").equals("time"))
            .filter(row -> row.wholeOrZero("total_ms") > 0)
            .toList();
    if (rows.isEmpty()) {
      return Empty.because("Nothing tells how long it took.");
    }
    List<Treemap.Part> parts = new ArrayList<>();
    long waiting = 0;
    long running = 0;
    for (AnswerRow row : rows) {
      waiting += row.wholeOrZero("waiting_ms");
      running += row.wholeOrZero("running_ms");
      parts.add(
          new Treemap.Part(
              step(row),
              row.wholeOrZero("running_ms"),
              Units.duration(row.wholeOrZero("running_ms")),
              row.text("tool") == null ? null : view.events().with("tool", row.text("tool"))));
    }
    double all = Math.max(1, running + waiting);
    Html split =
        Element.of(
                Tag.P,
                Bar.of("running, then waiting for a person", running / all, waiting / all),
                Html.text(
                    " "
                        + Units.duration(running)
                        + " running, "
                        + Units.duration(waiting)
                        + " waiting for a person, as far as known"))
            .of("with-bar");
    return Html.all(
        Treemap.of("Running time by tool and step", parts),
        split,
        Table.of("Time by tool and step", rows, row -> step(row) + row.index())
            .text("Step", row -> Html.text(step(row)))
            .number("Running", row -> running(row))
            .number(
                "Waiting",
                row ->
                    AgentsPage.waiting(row.whole("waiting_ms"), row.wholeOrZero("split_unknown")))
            .number("Share", row -> Values.share(row.real("share")))
            .number("Runs", row -> Values.count(row.whole("timed")))
            .number("Average", row -> Values.duration(row.real("avg_ms")))
            .number("95 of 100", "took no longer", row -> Values.duration(row.real("p95_ms")))
            .number("Longest", row -> Values.duration(row.whole("max_ms")))
            .html(),
        Coverage.of(answer, view, Coverage.csv("bottlenecks", view.scope())));
  }

  private static Html running(AnswerRow row) {
    Html shown = Values.duration(row.whole("running_ms"));
    return row.wholeOrZero("split_unknown") > 0 ? Html.all(Html.text("≤ "), shown) : shown;
  }

  private static String step(AnswerRow row) {
    for (String key : List.of("tool", "stage", "event_type", "agent")) {
      String name = row.text(key);
      if (name != null) {
        return name.replace('_', ' ');
      }
    }
    return "all";
  }
}
