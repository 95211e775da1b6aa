package dev.flightlog.analysis.cost;

import dev.flightlog.analysis.ask.Choice;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.periods.Sums;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the work cost, by whatever it is to be laid on. An unknown price stays unknown. */
public final class CostInquiry implements Inquiry<CostInquiry.Costs> {
  private static final int LONGEST_NAMES = 100;

  private static final Choice BY =
      new Choice(
          "cost",
          List.of(
              "story", "project", "session", "day", "week", "month", "branch", "agent", "machine",
              "person", "model"));

  public static final Question QUESTION =
      new Question(
              "cost",
              "What the model calls cost",
              "Tokens are priced by the table of today (flightlog prices), unless the source told the cost"
                  + " itself; without BY by story. A call of unknown price is counted as unpriced and never as"
                  + " zero, and the sum beside it is a lower bound. The dearest comes first, groups whose price is unknown by their"
                  + " tokens; days and weeks stand newest first, and those without model calls between"
                  + " others say 'no data'. 'Most of it' names the kind of tokens that most was paid for, and the tokens of a call: many"
                  + " cache reads are long conversations, many cache writes often changed ones. The branch of a transcript is its story, unless it is main"
                  + " or the like, where the project is.",
              List.of(BY.argument("BY", "model")),
              200,
              new CostInquiry())
          .usedFor("spending");

  /**
   * What something cost.
   *
   * @param name null for calls that name none, or for a period
   * @param from the beginning of a period; else null
   * @param spans periods in the row; more than 1 only without data
   * @param used null without data
   * @param known what everything costs, as far as it is known
   * @param kinds what was paid for, in the order of {@link ModelUse#KINDS}; null for a period
   */
  record Costs(
      String by,
      @Nullable String name,
      @Nullable Long from,
      long spans,
      @Nullable ModelUse used,
      @Nullable Double known,
      double @Nullable [] kinds) {
    /** The kind of tokens that most of it was paid for; -1 when that is not known. */
    int largest() {
      int largest = -1;
      for (int i = 0; kinds != null && i < kinds.length; i++) {
        largest = kinds[i] > 0 && (largest < 0 || kinds[i] > kinds[largest]) ? i : largest;
      }
      return largest;
    }

    @Nullable Double shareOfLargest() {
      double sum = 0;
      for (int i = 0; kinds != null && i < kinds.length; i++) {
        sum += kinds[i];
      }
      return kinds == null || largest() < 0 ? null : (Double) (kinds[largest()] / sum);
    }

    /** {@code cache reads 61%, 108k tokens a call}: why it cost what it did. */
    String why() {
      Long tokens = used == null ? null : used.tokens();
      return largest() < 0 || used == null || tokens == null || used.calls() == 0
          ? "-"
          : ModelUse.KINDS.get(largest())
              + ' '
              + Wording.share(shareOfLargest())
              + ", "
              + Units.tokens((double) tokens / used.calls())
              + " a call";
    }

    @Nullable Object of(java.util.function.Function<ModelUse, @Nullable Object> value) {
      return used == null ? null : value.apply(used);
    }

    @Nullable Double share() {
      Double cost = used == null ? null : used.cost();
      return known == null || known <= 0 || cost == null ? null : (Double) (cost / known);
    }

    String words(Wording wording) {
      if (from != null) {
        return by.equals("month") ? wording.dates().month(from) : wording.date(from);
      }
      return by.equals("session") ? wording.session(name) : wording.name(name, "(no " + by + ')');
    }
  }

  @Override
  public List<Column<Costs>> columns() {
    return List.of(
        Column.text("by", "what it is laid on", Costs::by),
        Column.text(
            "name",
            "what they name; null for calls that name none, and for a day, week or month",
            Costs::name),
        Column.time("from", "the beginning of the day, week or month; else null", Costs::from),
        Column.whole(
            "spans",
            "days, weeks or months in the row; more than 1 only without data",
            Costs::spans),
        Column.whole(
            "calls", "model calls; null when there is no data", c -> c.of(ModelUse::calls)),
        Column.whole("tokens_used", "null when no call tells", c -> c.of(ModelUse::tokens)),
        Column.whole("input_tokens", "cached input left out", c -> c.of(ModelUse::input)),
        Column.whole("output_tokens", "null when no call tells", c -> c.of(ModelUse::output)),
        Column.whole(
            "cache_read_tokens", "null when no call tells", c -> c.of(ModelUse::cacheRead)),
        Column.whole(
            "cache_write_tokens", "null when no call tells", c -> c.of(ModelUse::cacheWrite)),
        Column.real(
            "cost_usd",
            "sum of known costs in US dollars; null when none is known",
            c -> c.of(ModelUse::cost)),
        Column.whole(
            "unpriced_calls", "calls whose cost is unknown", c -> c.of(ModelUse::unpriced)),
        Column.text(
            "largest_part",
            "what most of it was paid for: input, output, cache reads, cache writes or searches; null"
                + " when not known and for periods",
            c -> c.largest() < 0 ? null : ModelUse.KINDS.get(c.largest())),
        Column.real(
            "largest_part_share",
            "of the priced cost, 0 to 1; null likewise",
            Costs::shareOfLargest),
        Column.real("share", "cost_usd over all known costs, 0 to 1", Costs::share));
  }

  @Override
  public Result<Costs> ask(Selection selection) {
    String by = BY.of(selection.call());
    ModelUse used = ModelUse.of(selection, Filter.EVERYTHING);
    Double known = used.cost();
    Result<Costs> result =
        new Result<Costs>()
            .cell(by, Costs::words)
            .cell(">calls", (c, _) -> c.used() == null ? none(c) : Units.count(c.used().calls()))
            .cell(">tokens", (c, _) -> c.used() == null ? "-" : Wording.tokens(c.used().tokens()))
            .cell(">cost", (c, _) -> c.used() == null ? "-" : c.used().words())
            .cell(">of known", (c, _) -> Wording.share(c.share()))
            .cell("most of it", (c, _) -> c.why());
    result.rows(
        switch (by) {
          case "day" -> periods(selection, by, Period.DAY, known);
          case "week" -> periods(selection, by, Period.WEEK, known);
          case "month" -> periods(selection, by, Period.MONTH, known);
          case "project" -> groups(selection, by, Events.BY_PROJECT, known);
          case "session" -> groups(selection, by, Events.BY_SESSION, known);
          case "agent" -> groups(selection, by, Events.BY_AGENT, known);
          case "machine" -> groups(selection, by, Events.BY_MACHINE, known);
          case "person" -> groups(selection, by, Events.BY_PERSON, known);
          case "model" -> groups(selection, by, Events.BY_MODEL, known);
          default -> groups(selection, by, Events.BY_STORY, known);
        });
    if (used.unpriced() > 0) {
      unpriced(selection, result);
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
            "Other ways: "
                + reader.ask("cost", "BY", "day")
                + " (project, session, week, month, agent, model)")
        .total("by", by)
        .total("model_calls", used.calls())
        .total("tokens_used", used.tokens())
        .total("cost_usd", known)
        .total("unpriced_calls", used.unpriced());
  }

  /** Which models have no price, and how one is given. */
  private static void unpriced(Selection selection, Result<Costs> result) {
    List<Map.Entry<@Nullable String, ModelUse>> models =
        new ArrayList<>(ModelUse.by(selection, Events.BY_MODEL, Filter.EVERYTHING).entrySet());
    models.removeIf(model -> model.getValue().unpriced() == 0);
    models.sort(Order.comparingLong(model -> -model.getValue().unpriced()));
    StringBuilder names = new StringBuilder();
    String first = null;
    for (Map.Entry<@Nullable String, ModelUse> model : models) {
      String name = model.getKey();
      first = first == null ? name : first;
      if (names.length() < LONGEST_NAMES) {
        names
            .append(names.isEmpty() ? "" : ", ")
            .append(SafeText.shortened(name == null ? "(no model)" : name, 40))
            .append(' ')
            .append(Units.count(model.getValue().unpriced()));
      } else if (names.charAt(names.length() - 1) != '…') {
        names.append(", …");
      }
    }
    result.note("Of unknown price: " + names);
    result.total("unpriced_models", models.stream().map(Map.Entry::getKey).toList());
    String priced = first == null ? "MODEL" : SafeText.shortened(first, 60);
    result.hint(
        _ -> "Give it a price: flightlog prices set '" + priced + "' --input 5 --output 25");
  }

  private static String none(Costs gap) {
    return "no data" + (gap.spans() > 1 ? " (" + Units.count(gap.spans()) + ')' : "");
  }

  private static List<Costs> groups(
      Selection selection, String by, Dimension dimension, @Nullable Double known) {
    List<Costs> rows = new ArrayList<>();
    Map<@Nullable String, double[]> kinds = ModelUse.costByKind(selection, dimension);
    ModelUse.by(selection, dimension, Filter.EVERYTHING)
        .forEach(
            (name, use) -> rows.add(new Costs(by, name, null, 1, use, known, kinds.get(name))));
    rows.sort(
        Order.comparing(row -> row.used() == null ? ModelUse.NONE : row.used(), ModelUse.BY_COST));
    return rows;
  }

  private static List<Costs> periods(
      Selection selection, String by, Period period, @Nullable Double known) {
    TreeMap<Long, ModelUse> all = new TreeMap<>(ModelUse.by(selection, period, Filter.EVERYTHING));
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
              known,
              null));
    }
    return rows;
  }
}
