package dev.flightlog.formats.usage;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model charges and how much it can hold.
 *
 * @param names as they are folded by {@link ModelNames}
 * @param rates for a call billed in the standard way
 * @param tiers the rates of other tiers that it lists
 * @param longRates the rates of a whole request whose input exceeds {@code longAbove}, or null
 * @param placeFactor by which tokens cost more where the place of computing is bound; 1: no more
 * @param window tokens that the context window holds, 0 when unknown
 * @param largeWindow tokens that it holds for those who ask for more
 * @param own true when it comes from the user's own table
 */
public record ModelPrice(
    List<String> names,
    Rates rates,
    Map<String, Rates> tiers,
    long longAbove,
    @Nullable Rates longRates,
    double placeFactor,
    long window,
    long largeWindow,
    boolean own) {
  private static final double HALF = 0.5;

  /** The rates of a call. */
  Rates rates(Billing.Parsed billing, boolean bound) {
    Rates result = rates;
    String tier = billing.tier();
    Rates listed = tier == null ? null : tiers.get(tier);
    if (listed != null) {
      result = listed;
    } else if ("batch".equals(tier) || "flex".equals(tier)) {
      result = result.times(HALF);
    }
    Rates large = longRates;
    if (large != null && longAbove > 0 && billing.above() >= longAbove) {
      result = scaled(result, large);
    }
    return bound || billing.place() != null ? result.times(placeFactor) : result;
  }

  /** The long rates, by what the tier makes of the standard ones. */
  private Rates scaled(Rates tier, Rates large) {
    double factor = rates.input() == 0 ? 1 : tier.input() / rates.input();
    return large.times(factor);
  }
}
