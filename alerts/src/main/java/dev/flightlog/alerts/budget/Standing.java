package dev.flightlog.alerts.budget;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a budget stands in the period that goes on now. Immutable.
 *
 * @param from when the period began, in microseconds since 1970
 * @param end when the next one begins
 * @param part of the period that is over, 0 to 1
 * @param spent model calls since it began; those of unknown price are counted, and never zero
 */
public record Standing(Budget budget, long from, long end, double part, ModelUse spent) {
  /** A part that is too short tells no pace. */
  private static final double LEAST_PART = 0.1;

  /** Of each budget; reads sums of the store. */
  public static List<Standing> of(
      List<Budget> budgets, EventStore store, Pricing pricing, Dates dates, long now) {
    List<Standing> standings = new ArrayList<>();
    for (Budget budget : budgets) {
      long from = budget.period().startOf(now, dates);
      long end = budget.period().plus(from, 1, dates);
      Filter time = new Filter.Time(from, end);
      String project = budget.project();
      Filter filter = project == null ? time : Filter.and(time, Filter.is(Field.PROJECT, project));
      double part = (double) (now - from) / (end - from);
      standings.add(new Standing(budget, from, end, part, ModelUse.of(store, filter, pricing)));
    }
    return standings;
  }

  /** Known costs; 0 before the first call. */
  public double spentUsd() {
    Double cost = spent.cost();
    return cost == null ? 0 : cost;
  }

  public long spentTokens() {
    Long tokens = spent.tokens();
    return tokens == null ? 0 : tokens;
  }

  /** True when a limit is passed. */
  public boolean isExceeded() {
    return share() > 1;
  }

  /** What of the limit is spent, of the one that is nearer to it; 1 is all of it. */
  public double share() {
    Double usd = budget.usd();
    Long tokens = budget.tokens();
    return Math.max(
        usd == null ? 0 : spentUsd() / usd, tokens == null ? 0 : (double) spentTokens() / tokens);
  }

  /** What the whole period would cost at this pace; null while it is too early to say. */
  public @Nullable Double paceUsd() {
    return part < LEAST_PART || spent.cost() == null ? null : (Double) (spentUsd() / part);
  }

  /** The same of tokens. */
  public @Nullable Long paceTokens() {
    return part < LEAST_PART ? null : (Long) Math.round(spentTokens() / part);
  }

  /** True when a limit will be passed at this pace, or is. */
  public boolean paceExceeds() {
    Double usd = budget.usd();
    Long tokens = budget.tokens();
    Double pace = paceUsd();
    Long paceOfTokens = paceTokens();
    return isExceeded()
        || usd != null && pace != null && pace > usd
        || tokens != null && paceOfTokens != null && paceOfTokens > tokens;
  }

  /** {@code the budget of the month of shop, $120 of $300}. */
  public String words() {
    StringBuilder words = new StringBuilder("the budget of the ");
    words.append(Budget.word(budget.period()));
    if (budget.project() != null) {
      words.append(" of ").append(SafeText.shortened(budget.project(), 60));
    }
    Double usd = budget.usd();
    Long tokens = budget.tokens();
    if (usd != null) {
      words
          .append(", ")
          .append(Units.dollars(spentUsd()))
          .append(" of ")
          .append(Units.dollars(usd));
      Double pace = paceUsd();
      if (pace != null && pace > usd && !isExceeded()) {
        words.append(" (").append(Units.dollars(pace)).append(" at this pace)");
      }
    }
    if (tokens != null) {
      words.append(", ").append(Units.tokens(spentTokens())).append(" of ");
      words.append(Units.tokens(tokens)).append(" tokens");
    }
    return words.toString();
  }

  /** Its figures by name, as JSON and tables show them. */
  public Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Double usd = budget.usd();
    Long tokens = budget.tokens();
    values.put("project", budget.project());
    values.put("period", Budget.word(budget.period()));
    values.put("from", Timestamps.text(from));
    values.put("until", Timestamps.text(end));
    values.put("usd", usd);
    values.put("spent_usd", spent.cost());
    values.put("left_usd", usd == null ? null : (Double) Math.max(0, usd - spentUsd()));
    values.put("pace_usd", paceUsd());
    values.put("tokens", tokens);
    values.put("spent_tokens", spentTokens());
    values.put("left_tokens", tokens == null ? null : (Long) Math.max(0, tokens - spentTokens()));
    values.put("pace_tokens", paceTokens());
    values.put("share", share());
    values.put("calls", spent.calls());
    values.put("unpriced_calls", spent.unpriced());
    values.put("exceeded", isExceeded());
    values.put("pace_exceeds", paceExceeds());
    return values;
  }
}
