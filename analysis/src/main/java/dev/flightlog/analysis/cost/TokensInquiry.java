package dev.flightlog.analysis.cost;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the models used and what it cost. A cost that is not known is said, never taken as zero. */
public final class TokensInquiry implements Inquiry {
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
          new TokensInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("model", "the model; null for calls that name none"),
          Column.whole("calls", "model calls"),
          Column.whole("input_tokens", "cached input left out; null when no call tells"),
          Column.whole("output_tokens", "null when no call tells"),
          Column.whole("cache_read_tokens", "null when no call tells"),
          Column.whole("cache_write_tokens", "null when no call tells"),
          Column.whole("tokens_used", "all four kinds; null when no call tells"),
          Column.real("cost_usd", "sum of known costs in US dollars; null when none is known"),
          Column.whole("unpriced_calls", "calls whose cost is unknown"));

  private static final List<Measure> MEASURES =
      List.of(
          Measure.count(),
          Measure.sum(Attribute.detail("input_tokens")),
          Measure.sum(Attribute.detail("output_tokens")),
          Measure.sum(Attribute.detail("cache_read_tokens")),
          Measure.sum(Attribute.detail("cache_write_tokens")),
          Measure.sum(Scope.TOKENS),
          Measure.sum(Scope.COST),
          Measure.countOf(Scope.COST));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      wording.name(row[0], "(no model)"),
      Wording.count(row[1]),
      Wording.tokens(row[2]),
      Wording.tokens(row[3]),
      Wording.tokens(sum(row[4], row[5])),
      cost(row[7], row[8])
    };
  }

  private static @Nullable Long sum(@Nullable Object a, @Nullable Object b) {
    return a instanceof Long x ? (b instanceof Long y ? (Long) (x + y) : x) : (Long) b;
  }

  private static String cost(@Nullable Object cost, @Nullable Object unpriced) {
    if (cost == null) {
      return "unknown";
    }
    String known = Units.dollars((Double) cost);
    return unpriced instanceof Long calls && calls > 0 ? ">=" + known : known;
  }

  @Override
  public Findings ask(Scope scope) {
    List<Row> models =
        new ArrayList<>(
            scope.group(
                Scope.MODEL_CALLS, List.of(new Dimension.ByAttribute(Scope.MODEL)), MEASURES));
    models.sort(
        Comparator.comparingDouble((Row row) -> row.isKnown(6) ? -row.real(6) : 0)
            .thenComparing(Comparator.comparingLong((Row row) -> row.whole(5)).reversed())
            .thenComparing(Comparator.comparingLong((Row row) -> row.whole(0)).reversed()));
    Findings findings =
        new Findings()
            .heads(wording -> List.of("model", ">calls", ">in", ">out", ">cached", ">cost"));
    long calls = 0;
    long tokens = 0;
    long unpriced = 0;
    double cost = 0;
    for (Row row : models) {
      calls += row.whole(0);
      tokens += row.whole(5);
      unpriced += row.whole(0) - row.whole(7);
      cost += row.isKnown(6) ? row.real(6) : 0;
      findings.row(
          row.text(0),
          row.whole(0),
          whole(row, 1),
          whole(row, 2),
          whole(row, 3),
          whole(row, 4),
          row.values().get(5),
          row.values().get(6),
          row.whole(0) - row.whole(7));
    }
    boolean priced = calls > unpriced;
    head(scope, findings, calls, tokens, unpriced, priced ? (Double) cost : null);
    long others = scope.measure(Filter.not(Scope.MODEL_CALLS), Measure.sum(Scope.TOKENS)).whole(0);
    if (others > 0) {
      findings.note("Besides, " + Units.tokens(others) + " told by other events");
    }
    return findings
        .total("model_calls", calls)
        .total("tokens_used", tokens)
        .total("cost_usd", priced ? (Double) cost : null)
        .total("unpriced_calls", unpriced)
        .total("tokens_of_other_events", others);
  }

  private static @Nullable Long whole(Row row, int measure) {
    return row.isKnown(measure) ? (Long) row.whole(measure) : null;
  }

  private static void head(
      Scope scope,
      Findings findings,
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
    findings.heading(
        wording ->
            "Tokens, "
                + scope.window(wording)
                + ": "
                + used
                + price
                + scope.inSessions()
                + "; "
                + scope.newestShort(),
        wording -> "Tokens, " + scope.window(wording) + ": " + used + price);
  }
}
