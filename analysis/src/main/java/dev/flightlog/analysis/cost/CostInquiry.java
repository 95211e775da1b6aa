package dev.flightlog.analysis.cost;

import dev.flightlog.analysis.ask.Choice;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.periods.Sums;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the work cost, by whatever it is to be laid on. An unknown price stays unknown. */
public final class CostInquiry implements Inquiry<CostInquiry.Costs> {
  private static final Choice BY =
      new Choice("cost", List.of("story", "day", "week", "branch", "agent", "model"));

  public static final Question QUESTION =
      new Question(
              "cost",
              "What the model calls cost, by story, day, week, branch, agent or model",
              "The sum of cost_usd over model calls; without BY by story. A call without cost_usd has an"
                  + " unknown price: it is counted as unpriced and never as zero, and the sum beside it"
                  + " is a lower bound. The dearest comes first, groups whose price is unknown by their"
                  + " tokens; days and weeks stand newest first, and those without model calls between"
                  + " others say 'no data'. The branch of a transcript is its story, unless it is main"
                  + " or the like, where the project is.",
              List.of(BY.argument("BY", "model")),
              200,
              new CostInquiry())
          .usedFor("spending");

  private static final List<Measure> MEASURES =
      List.of(Measures.EVENTS, Measures.TOKENS, Measures.COST, Measures.PRICED);

  /**
   * What something cost.
   *
   * @param name null for calls that name none, or for a period
   * @param from the beginning of a period; else null
   * @param spans periods in the row; more than 1 only without data
   * @param used null without data
   * @param known what everything costs, as far as it is known
   */
  record Costs(
      String by,
      @Nullable String name,
      @Nullable Long from,
      long spans,
      @Nullable Used used,
      @Nullable Double known) {
    @Nullable Object of(java.util.function.Function<Used, @Nullable Object> value) {
      return used == null ? null : value.apply(used);
    }

    @Nullable Double share() {
      Double cost = used == null ? null : used.cost();
      return known == null || known <= 0 || cost == null ? null : (Double) (cost / known);
    }

    String words(Wording wording) {
      return from == null ? wording.name(name, "(no " + by + ')') : wording.date(from);
    }
  }

  /** Calls, their tokens and their cost. */
  record Used(long calls, @Nullable Long tokens, @Nullable Double cost, long unpriced) {
    static Used of(Group group) {
      long calls = group.count(Measures.EVENTS);
      return new Used(
          calls,
          group.whole(Measures.TOKENS),
          group.real(Measures.COST),
          calls - group.count(Measures.PRICED));
    }

    Used plus(Used other) {
      Long more = other.tokens;
      Double dollars = other.cost;
      return new Used(
          calls + other.calls,
          more == null ? tokens : tokens == null ? more : (Long) (tokens + more),
          dollars == null ? cost : cost == null ? dollars : (Double) (cost + dollars),
          unpriced + other.unpriced);
    }
  }

  @Override
  public List<Column<Costs>> columns() {
    return List.of(
        Column.text("by", "what it is laid on", Costs::by),
        Column.text(
            "name",
            "story, agent or model; null for calls that name none, or for a day",
            Costs::name),
        Column.time("from", "the day, or the Monday of the week; else null", Costs::from),
        Column.whole(
            "spans", "days or weeks in the row; more than 1 only without data", Costs::spans),
        Column.whole("calls", "model calls; null when there is no data", c -> c.of(Used::calls)),
        Column.whole("tokens_used", "null when no call tells", c -> c.of(Used::tokens)),
        Column.real(
            "cost_usd",
            "sum of known costs in US dollars; null when none is known",
            c -> c.of(Used::cost)),
        Column.whole("unpriced_calls", "calls whose cost is unknown", c -> c.of(Used::unpriced)),
        Column.real("share", "cost_usd over all known costs, 0 to 1", Costs::share));
  }

  @Override
  public Result<Costs> ask(Selection selection) {
    String by = BY.of(selection.call());
    Group all = selection.group(Events.MODEL_CALLS, List.of(), MEASURES).getFirst();
    Used used = Used.of(all);
    Double known = used.cost();
    Result<Costs> result =
        new Result<Costs>()
            .cell(by, Costs::words)
            .cell(">calls", (c, _) -> c.used() == null ? none(c) : Units.count(c.used().calls()))
            .cell(">tokens", (c, _) -> c.used() == null ? "-" : Wording.tokens(c.used().tokens()))
            .cell(
                ">cost",
                (c, _) ->
                    c.used() == null ? "-" : Wording.cost(c.used().cost(), c.used().unpriced()))
            .cell(">of known", (c, _) -> Wording.share(c.share()));
    switch (by) {
      case "day" -> result.rows(periods(selection, by, Period.DAY, known));
      case "week" -> result.rows(periods(selection, by, Period.WEEK, known));
      case "agent" -> result.rows(groups(selection, by, Events.BY_AGENT, known));
      case "model" -> result.rows(groups(selection, by, Events.BY_MODEL, known));
      default -> result.rows(groups(selection, by, Events.BY_STORY, known));
    }
    String price =
        used.calls() == 0
            ? "no model calls"
            : (known == null ? "unknown" : Units.dollars(known))
                + " in "
                + Units.count(used.calls(), "model call")
                + (used.unpriced() == 0 || known == null
                    ? ""
                    : " and " + Units.count(used.unpriced()) + " of unknown price");
    return result
        .heading(
            wording ->
                "Cost by "
                    + by
                    + ", "
                    + selection.window(wording)
                    + ": "
                    + price
                    + selection.inSessions()
                    + "; "
                    + selection.newestShort(),
            wording -> "Cost by " + by + ", " + selection.window(wording) + ": " + price)
        .hint(reader ->
            "Other ways: " + reader.ask("cost", "BY", "day") + " (week, branch, agent, model)")
        .total("by", by)
        .total("model_calls", used.calls())
        .total("tokens_used", used.tokens())
        .total("cost_usd", known)
        .total("unpriced_calls", used.unpriced());
  }

  private static String none(Costs gap) {
    return "no data" + (gap.spans() > 1 ? " (" + Units.count(gap.spans()) + ')' : "");
  }

  private static List<Costs> groups(
      Selection selection, String by, Dimension dimension, @Nullable Double known) {
    List<Group> groups =
        new ArrayList<>(selection.group(Events.MODEL_CALLS, List.of(dimension), MEASURES));
    groups.sort(TokensInquiry.BY_COST);
    List<Costs> rows = new ArrayList<>();
    for (Group group : groups) {
      rows.add(new Costs(by, group.text(dimension), null, 1, Used.of(group), known));
    }
    return rows;
  }

  private static List<Costs> periods(
      Selection selection, String by, Period period, @Nullable Double known) {
    TreeMap<Long, Used> all = new TreeMap<>();
    period.group(
        selection,
        Events.MODEL_CALLS,
        List.of(),
        MEASURES,
        (group, start) -> all.merge(start, Used.of(group), Used::plus));
    List<Costs> rows = new ArrayList<>();
    for (Sums.Stretch part : Sums.withGaps(all, period, selection.dates())) {
      boolean gap = part.empty() > 0;
      rows.add(
          new Costs(
              by,
              null,
              part.from(),
              gap ? part.empty() : 1,
              gap ? null : all.get(part.from()),
              known));
    }
    return rows;
  }
}
