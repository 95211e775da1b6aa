package dev.flightlog.wording.tokens;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The safety factor of each model family, and of all others.
 *
 * <p>A family is a part of a model's name, case aside: {@code claude} covers {@code
 * claude-sonnet-4-5} and {@code us.anthropic.claude-3-haiku}. Where several fit, the longest holds,
 * so {@code claude-opus} may differ from {@code claude}. Immutable.
 *
 * @param standard for models of no listed family, and where no model is known; from 1 to 10
 * @param byFamily from 1 to 10 each
 */
public record SafetyFactors(double standard, Map<String, Double> byFamily) {
  /** The factor where nothing else is set. */
  public static final double STANDARD = 1.35;

  private static final double LEAST = 1;
  private static final double MOST = 10;

  /** Refuses a factor outside 1 to 10 and a family without a name. */
  public SafetyFactors {
    standard = checked("standard safety factor", standard);
    Map<String, Double> families = new TreeMap<>();
    byFamily.forEach((family, factor) -> {
      if (family.isBlank()) {
        throw new IllegalArgumentException("a model family has no name; its factor: " + factor);
      }
      families.put(
          family.strip().toLowerCase(Locale.ROOT),
          checked("safety factor of model family " + family, factor));
    });
    byFamily = Map.copyOf(families);
  }

  /** No families, 1.35 for all. */
  public static SafetyFactors standardOnly() {
    return new SafetyFactors(STANDARD, Map.of());
  }

  /** The estimate for a model by its name; null where it is not known. */
  public TokenEstimate estimateFor(@Nullable String model) {
    if (model == null) {
      return new TokenEstimate(standard);
    }
    String name = model.toLowerCase(Locale.ROOT);
    return byFamily.keySet().stream()
        .filter(name::contains)
        .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .map(family -> new TokenEstimate(byFamily.getOrDefault(family, standard)))
        .orElseGet(() -> new TokenEstimate(standard));
  }

  static double checked(String what, double factor) {
    if (!(factor >= LEAST && factor <= MOST)) {
      throw new IllegalArgumentException(
          what + " is " + factor + "; it must be from 1 to 10, such as 1.35");
    }
    return factor;
  }
}
