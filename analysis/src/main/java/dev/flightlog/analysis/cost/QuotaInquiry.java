package dev.flightlog.analysis.cost;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Newest;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The windows by which subscriptions are limited: what was used, how fast, and the quota. */
public final class QuotaInquiry implements Inquiry<QuotaInquiry.Window> {
  private static final long HOUR = 3_600_000_000L;
  private static final long FIVE_HOURS = 5 * HOUR;
  private static final long WEEK = 7 * 24 * HOUR;

  /** How far back windows of five hours are listed. */
  private static final long LISTED = 14 * 24 * HOUR;

  private static final int QUOTAS_LOOKED_AT = 100;

  public static final Question QUESTION =
      new Question(
              "quota",
              "Windows of five hours and of seven days: used, burn rate, what it comes to, the quota",
              "A window of five hours begins with the hour (UTC) of the first model call outside the one"
                  + " before; listed are those of the fourteen days before the newest event. Seven days"
                  + " end now. The burn rate is the known cost by the hour from the beginning of the window"
                  + " to its last call's hour; 'at its end' goes on at that rate, and is told of a window"
                  + " that is still open. A quota is what a program was told by its provider (Codex writes it into its rollouts);"
                  + " the newest of each kind is shown, with its age and whether it has been reset since. Others keep"
                  + " theirs to themselves, and are not guessed.",
              List.of(),
              200,
              new QuotaInquiry())
          .usedFor("rate limit, burn rate, how much is left");

  /**
   * A window.
   *
   * @param kind five_hours, seven_days, or quota
   * @param name of a quota: whose; else null
   * @param from null when not told
   * @param end when it ends or is reset; null when not told
   * @param use null for a quota
   * @param hours that it was used, from its beginning; 0 for a quota
   * @param usedPercent of a quota; else null
   * @param told when the quota was told; else null
   * @param open true when it has not ended
   */
  record Window(
      String kind,
      @Nullable String name,
      @Nullable Long from,
      @Nullable Long end,
      @Nullable ModelUse use,
      long hours,
      @Nullable Double usedPercent,
      @Nullable Long told,
      boolean open) {
    @Nullable Double perHour() {
      Double cost = use == null ? null : use.cost();
      return cost == null || hours == 0 ? null : (Double) (cost / hours);
    }

    @Nullable Double atEnd(long now) {
      Double rate = perHour();
      Double cost = use == null ? null : use.cost();
      return !open || rate == null || cost == null || end == null || kind.equals("seven_days")
          ? null
          : (Double) (cost + rate * Math.max(0, end - now) / HOUR);
    }

    String words(Dates dates) {
      return switch (kind) {
        case "quota" -> "quota " + name;
        case "seven_days" -> "last 7 days";
        default -> "5h from " + (from == null ? "?" : dates.minute(from));
      };
    }

    String state(long now, Dates dates) {
      if (usedPercent == null) {
        return open && end != null && !kind.equals("seven_days")
            ? "open, " + Units.duration((end - now) / 1000.0) + " left"
            : "-";
      }
      String age = told == null ? "" : ", told " + Units.ago(told, now);
      if (end != null && !open) {
        return "reset " + dates.minute(end) + age;
      }
      return (end == null ? "" : "until " + dates.minute(end)) + age;
    }
  }

  @Override
  public List<Column<Window>> columns() {
    return List.of(
        Column.text("kind", "five_hours, seven_days or quota", Window::kind),
        Column.text("name", "of a quota: whose, and of how long a window; else null", Window::name),
        Column.time("from", "its beginning; null when not told", Window::from),
        Column.time("end", "when it ends or is reset; null when not told", Window::end),
        Column.text("open", "yes until it has ended, else no", w -> w.open() ? "yes" : "no"),
        Column.whole("calls", "model calls", w -> w.use() == null ? null : (Long) w.use().calls()),
        Column.whole(
            "tokens_used",
            "null when no call tells",
            w -> w.use() == null ? null : w.use().tokens()),
        Column.real(
            "cost_usd",
            "known costs; null without any",
            w -> w.use() == null ? null : w.use().cost()),
        Column.whole(
            "unpriced_calls",
            "calls of unknown price",
            w -> w.use() == null ? null : (Long) w.use().unpriced()),
        Column.real("usd_per_hour", "the burn rate; null when not known", Window::perHour),
        Column.real("used_percent", "of a quota, 0 to 100; else null", Window::usedPercent),
        Column.time("told", "when the quota was told", Window::told));
  }

  @Override
  public Result<Window> ask(Selection selection) {
    long now = selection.now();
    Dates dates = selection.dates();
    List<Window> rows = new ArrayList<>(quotas(selection));
    int told = rows.size();
    ModelUse week = ModelUse.of(selection, new Filter.Time(now - WEEK, now + 1));
    rows.add(new Window("seven_days", null, now - WEEK, now, week, WEEK / HOUR, null, null, true));
    List<Window> blocks = blocks(selection);
    rows.addAll(blocks);
    Window newest = blocks.isEmpty() ? null : blocks.getFirst();
    String found =
        newest == null || !newest.open()
            ? "no window of five hours is open"
            : words(newest.use()) + " in the open window";
    String found7 = found + ", " + words(week) + " in 7 days";
    Result<Window> result =
        new Result<Window>()
            .rows(rows)
            .cell("", (w, _) -> w.words(dates))
            .cell(
                ">used",
                (w, _) -> w.usedPercent() == null ? words(w.use()) : Units.percent(w.usedPercent()))
            .cell(">tokens", (w, _) -> w.use() == null ? "-" : Wording.tokens(w.use().tokens()))
            .cell(">an hour", (w, _) -> w.perHour() == null ? "-" : Units.dollars(w.perHour()))
            .cell(">at its end", (w, _) -> money(w.atEnd(now)))
            .cell("", (w, _) -> w.state(now, dates));
    if (told == 0) {
      result.note("No quota is told: of the programs read here, Codex writes it down");
    }
    return result
        .heading(
            wording ->
                "Quota, " + selection.window(wording) + ": " + found7 + "; " + selection.newest(),
            wording -> "Quota: " + found)
        .hint(reader -> "On what: " + reader.ask("cost", "BY", "session", "since", "7d"))
        .total("seven_days_usd", week.cost())
        .total("open_window_usd", newest == null || !newest.open() ? null : cost(newest))
        .total("quotas_told", (long) told);
  }

  private static @Nullable Double cost(Window window) {
    return window.use() == null ? null : window.use().cost();
  }

  private static String words(@Nullable ModelUse use) {
    return use == null || use.calls() == 0 ? "nothing" : use.words();
  }

  private static String money(@Nullable Double dollars) {
    return dollars == null ? "-" : Units.dollars(dollars);
  }

  /** Of five hours each, the newest first. */
  private static List<Window> blocks(Selection selection) {
    NavigableMap<Long, ModelUse> hours =
        ModelUse.byHour(selection, Filter.since(selection.last() - LISTED));
    List<Window> blocks = new ArrayList<>();
    long from = Long.MIN_VALUE;
    long last = 0;
    ModelUse use = ModelUse.NONE;
    for (Map.Entry<Long, ModelUse> hour : hours.entrySet()) {
      if (from == Long.MIN_VALUE || hour.getKey() >= from + FIVE_HOURS) {
        add(blocks, from, last, use, selection.now());
        from = hour.getKey();
        use = ModelUse.NONE;
      }
      last = hour.getKey();
      use = use.plus(hour.getValue());
    }
    add(blocks, from, last, use, selection.now());
    return blocks.reversed();
  }

  private static void add(List<Window> blocks, long from, long last, ModelUse use, long now) {
    if (from != Long.MIN_VALUE) {
      long end = from + FIVE_HOURS;
      long hours = (last - from) / HOUR + 1;
      blocks.add(new Window("five_hours", null, from, end, use, hours, null, null, now < end));
    }
  }

  /** The newest of each kind that a program was told. */
  private static List<Window> quotas(Selection selection) {
    List<Window> quotas = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    Filter told = Filter.is(Field.EVENT_TYPE, "rate_limits");
    for (Event event : Newest.of(selection, told, QUOTAS_LOOKED_AT)) {
      String plan = event.detail("plan_type");
      String of = event.detail("limit_id");
      for (String part : List.of("primary", "secondary")) {
        if (event.details().get(part) instanceof Map<?, ?> window
            && window.get("used_percent") instanceof Number used
            && window.get("window_minutes") instanceof Number minutes) {
          String name =
              (of == null ? "codex" : of)
                  + ' '
                  + Units.duration(minutes.doubleValue() * 60_000)
                  + (plan == null ? "" : " (" + plan + ')');
          if (seen.add((of == null ? "codex" : of) + ' ' + minutes)) {
            quotas.add(quota(event, name, window, used, minutes, selection.now()));
          }
        }
      }
    }
    return quotas;
  }

  private static Window quota(
      Event event, String name, Map<?, ?> window, Number used, Number minutes, long now) {
    Long end =
        window.get("resets_at") instanceof Number at
            ? (Long) (at.longValue() * 1_000_000)
            : window.get("resets_in_seconds") instanceof Number in
                ? (Long) (event.micros() + in.longValue() * 1_000_000)
                : null;
    Long from = end == null ? null : (Long) (end - minutes.longValue() * 60_000_000);
    return new Window(
        "quota",
        name,
        from,
        end,
        null,
        0,
        used.doubleValue(),
        event.micros(),
        end == null || now < end);
  }
}
