package dev.flightlog.analysis.cost;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the models used and what it cost. A cost that is not known is said, never taken as zero. */
public final class TokensInquiry implements Inquiry<TokensInquiry.OfModel> {
  public static final Question QUESTION =
      new Question(
              "tokens",
              "What each model used and cost",
              "Model calls by model, the dearest first. Input excludes cached input. The cost is worked"
                  + " out from the tokens by the prices of today, unless the source told it; a call of"
                  + " unknown price is counted as unpriced and never as zero, so a sum beside unpriced calls"
                  + " is a lower bound. Tokens that"
                  + " other events tell are only named.",
              List.of(),
              200,
              new TokensInquiry())
          .usedFor("token usage by model");

  /**
   * A row: a model.
   *
   * @param name null for calls that name none
   */
  record OfModel(@Nullable String name, ModelUse use) {}

  @Override
  public List<Column<OfModel>> columns() {
    return List.of(
        Column.text("model", "the model; null for calls that name none", OfModel::name),
        Column.whole("calls", "model calls", m -> m.use().calls()),
        Column.whole(
            "input_tokens", "cached input left out; null when no call tells", m -> m.use().input()),
        Column.whole("output_tokens", "null when no call tells", m -> m.use().output()),
        Column.whole("cache_read_tokens", "null when no call tells", m -> m.use().cacheRead()),
        Column.whole("cache_write_tokens", "null when no call tells", m -> m.use().cacheWrite()),
        Column.whole(
            "tokens_used", "all four kinds; null when no call tells", m -> m.use().tokens()),
        Column.real(
            "cost_usd",
            "sum of known costs in US dollars; null when none is known",
            m -> m.use().cost()),
        Column.whole("unpriced_calls", "calls whose cost is unknown", m -> m.use().unpriced()));
  }

  @Override
  public Result<OfModel> ask(Selection selection) {
    List<OfModel> models = new ArrayList<>();
    ModelUse all = ModelUse.NONE;
    for (Map.Entry<@Nullable String, ModelUse> each :
        ModelUse.by(selection, Events.BY_MODEL, Filter.EVERYTHING).entrySet()) {
      models.add(new OfModel(each.getKey(), each.getValue()));
      all = all.plus(each.getValue());
    }
    models.sort(Order.comparing(OfModel::use, ModelUse.BY_COST));
    Result<OfModel> result =
        new Result<OfModel>()
            .rows(models)
            .cell("model", (m, wording) -> wording.name(m.name(), "(no model)"))
            .cell(">calls", (m, _) -> Units.count(m.use().calls()))
            .cell(">in", (m, _) -> Wording.tokens(m.use().input()))
            .cell(">out", (m, _) -> Wording.tokens(m.use().output()))
            .cell(">cache read", (m, _) -> Wording.tokens(m.use().cacheRead()))
            .cell(">written", (m, _) -> Wording.tokens(m.use().cacheWrite()))
            .cell(">cost", (m, _) -> m.use().cost() == null ? "unknown" : m.use().words());
    long tokens = all.tokens() == null ? 0 : all.tokens();
    head(selection, result, all.calls(), tokens, all.unpriced(), all.cost());
    Group rest = selection.measure(Filter.not(Events.MODEL_CALLS), Measures.TOKENS);
    long others = rest.count(Measures.TOKENS);
    if (others > 0) {
      result.note("Besides, " + Units.tokens(others) + " told by other events");
    }
    return result
        .total("model_calls", all.calls())
        .total("tokens_used", tokens)
        .total("cost_usd", all.cost())
        .total("unpriced_calls", all.unpriced())
        .total("tokens_of_other_events", others);
  }

  private static void head(
      Selection selection,
      Result<OfModel> result,
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
