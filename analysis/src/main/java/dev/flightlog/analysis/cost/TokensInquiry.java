package dev.flightlog.analysis.cost;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the models used and what it cost. A cost that is not known is said, never taken as zero. */
public final class TokensInquiry implements Inquiry<Group> {
  public static final Question QUESTION =
      new Question(
              "tokens",
              "What each model used and cost",
              "Model calls by model, the dearest first. Input excludes cached input. The cost is the"
                  + " sum of cost_usd; a call without one has an unknown cost, is counted as unpriced"
                  + " and never as zero, so a sum beside unpriced calls is a lower bound. Tokens that"
                  + " other events tell are only named.",
              List.of(),
              200,
              new TokensInquiry())
          .usedFor("token usage by model");

  private static final Measure INPUT = Measure.sum(Attribute.detail("input_tokens"));
  private static final Measure OUTPUT = Measure.sum(Attribute.detail("output_tokens"));
  private static final Measure CACHE_READ = Measure.sum(Attribute.detail("cache_read_tokens"));
  private static final Measure CACHE_WRITE = Measure.sum(Attribute.detail("cache_write_tokens"));

  private static final List<Measure> MEASURES =
      List.of(
          Measures.EVENTS,
          INPUT,
          OUTPUT,
          CACHE_READ,
          CACHE_WRITE,
          Measures.TOKENS,
          Measures.COST,
          Measures.PRICED);

  @Override
  public List<Column<Group>> columns() {
    return List.of(
        Column.text(
            "model", "the model; null for calls that name none", g -> g.text(Events.BY_MODEL)),
        Column.whole("calls", "model calls", g -> g.count(Measures.EVENTS)),
        Column.whole(
            "input_tokens", "cached input left out; null when no call tells", g -> g.whole(INPUT)),
        Column.whole("output_tokens", "null when no call tells", g -> g.whole(OUTPUT)),
        Column.whole("cache_read_tokens", "null when no call tells", g -> g.whole(CACHE_READ)),
        Column.whole("cache_write_tokens", "null when no call tells", g -> g.whole(CACHE_WRITE)),
        Column.whole(
            "tokens_used",
            "all four kinds; null when no call tells",
            g -> g.whole(Measures.TOKENS)),
        Column.real(
            "cost_usd",
            "sum of known costs in US dollars; null when none is known",
            g -> g.real(Measures.COST)),
        Column.whole("unpriced_calls", "calls whose cost is unknown", TokensInquiry::unpriced));
  }

  @Override
  public Result<Group> ask(Selection selection) {
    List<Group> models =
        new ArrayList<>(selection.group(Events.MODEL_CALLS, List.of(Events.BY_MODEL), MEASURES));
    models.sort(BY_COST);
    Result<Group> result =
        new Result<Group>()
            .rows(models)
            .cell("model", (g, wording) -> wording.name(g.text(Events.BY_MODEL), "(no model)"))
            .cell(">calls", (g, wording) -> Units.count(g.count(Measures.EVENTS)))
            .cell(">in", (g, wording) -> Wording.tokens(g.whole(INPUT)))
            .cell(">out", (g, wording) -> Wording.tokens(g.whole(OUTPUT)))
            .cell(
                ">cached",
                (g, wording) -> Wording.tokens(sum(g.whole(CACHE_READ), g.whole(CACHE_WRITE))))
            .cell(">cost", (g, wording) -> cost(g.real(Measures.COST), unpriced(g)));
    long calls = 0;
    long tokens = 0;
    long unpriced = 0;
    double cost = 0;
    for (Group model : models) {
      calls += model.count(Measures.EVENTS);
      tokens += model.count(Measures.TOKENS);
      unpriced += unpriced(model);
      Double known = model.real(Measures.COST);
      cost += known == null ? 0 : known;
    }
    boolean priced = calls > unpriced;
    head(selection, result, calls, tokens, unpriced, priced ? (Double) cost : null);
    Group rest = selection.measure(Filter.not(Events.MODEL_CALLS), Measures.TOKENS);
    long others = rest.count(Measures.TOKENS);
    if (others > 0) {
      result.note("Besides, " + Units.tokens(others) + " told by other events");
    }
    return result
        .total("model_calls", calls)
        .total("tokens_used", tokens)
        .total("cost_usd", priced ? (Double) cost : null)
        .total("unpriced_calls", unpriced)
        .total("tokens_of_other_events", others);
  }

  /** The dearest first; those of unknown price by their tokens, then by their calls. */
  static final Comparator<Group> BY_COST =
      Comparator.comparingDouble(
              (Group g) -> {
                Double cost = g.real(Measures.COST);
                return cost == null ? 0 : -cost;
              })
          .thenComparing(Comparator.comparingLong((Group g) -> g.count(Measures.TOKENS)).reversed())
          .thenComparing(
              Comparator.comparingLong((Group g) -> g.count(Measures.EVENTS)).reversed());

  private static long unpriced(Group calls) {
    return calls.count(Measures.EVENTS) - calls.count(Measures.PRICED);
  }

  private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    return a == null || b == null ? (a == null ? b : a) : (Long) (a + b);
  }

  private static String cost(@Nullable Double cost, long unpriced) {
    return cost == null ? "unknown" : (unpriced > 0 ? ">=" : "") + Units.dollars(cost);
  }

  private static void head(
      Selection selection,
      Result<Group> result,
      long calls,
      long tokens,
      long unpriced,
      @Nullable Double cost) {
    String used =
        calls == 0
            ? "no model calls"
            : Units.tokens(tokens) + " in " + Units.count(calls, "model call");
    String price =
        calls == 0
            ? ""
            : cost == null
                ? ", cost unknown"
                : ", "
                    + Units.dollars(cost)
                    + (unpriced == 0
                        ? ""
                        : " and " + Units.count(unpriced, "call") + " of unknown price");
    result.heading(
        wording ->
            "Tokens, "
                + selection.window(wording)
                + ": "
                + used
                + price
                + selection.inSessions()
                + "; "
                + selection.newestShort(),
        wording -> "Tokens, " + selection.window(wording) + ": " + used + price);
  }
}
