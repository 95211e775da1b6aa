package dev.flightlog.formats.usage;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a call is billed beside its tokens, as the response tells it.
 *
 * <p>In an event it is the detail {@code billing}: its words, and the size of a long request as
 * {@code >200k}, with a blank between; absent when all is standard. Together with the model it
 * decides the price of each kind of token, so that sums of tokens by model and billing can be
 * priced at any later time.
 *
 * @param tier {@code fast}, {@code priority}, {@code flex} or {@code batch}; null for the standard
 * @param place where the provider was made to compute, such as {@code us}; null for anywhere
 */
public record Billing(@Nullable String tier, @Nullable String place) {
  /** As most calls are. */
  public static final Billing STANDARD = new Billing(null, null);

  /** The detail of an event that holds it. */
  public static final String DETAIL = "billing";

  /** The value of that detail where the source itself told the cost in {@code cost_usd}. */
  public static final String TOLD = "told";

  private static final Set<String> TIERS = Set.of("fast", "priority", "flex", "batch");

  /** Request sizes from which on some model costs more, in tokens. */
  static final long[] LIMITS = {128_000, 200_000, 256_000, 272_000};

  /** From the words of a response; words that change no price are the standard. */
  public static Billing of(@Nullable String tier, @Nullable String speed, @Nullable String place) {
    String known =
        "fast".equals(speed) ? "fast" : tier != null && TIERS.contains(tier) ? tier : null;
    String where = "us".equals(place) ? place : null;
    return known == null && where == null ? STANDARD : new Billing(known, where);
  }

  /**
   * The words of {@link #DETAIL} for a request whose input, with all that is cached, has this size.
   */
  @Nullable String text(long context) {
    long above = above(context);
    if (tier == null && place == null && above == 0) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    add(text, tier);
    add(text, place);
    add(text, above == 0 ? null : ">" + above / 1000 + "k");
    return text.toString();
  }

  private static void add(StringBuilder text, @Nullable String word) {
    if (word != null) {
      text.append(text.isEmpty() ? "" : " ").append(word);
    }
  }

  /** The largest limit that is exceeded, or 0. */
  static long above(long context) {
    long above = 0;
    for (long limit : LIMITS) {
      above = context > limit ? limit : above;
    }
    return above;
  }

  /** What the words of {@link #DETAIL} mean. */
  record Parsed(@Nullable String tier, @Nullable String place, long above) {
    static Parsed of(@Nullable String text) {
      String tier = null;
      String place = null;
      long above = 0;
      for (String word : text == null ? new String[0] : text.split(" ")) {
        if (word.startsWith(">") && word.endsWith("k")) {
          above = limit(word.substring(1, word.length() - 1));
        } else if (TIERS.contains(word)) {
          tier = word;
        } else if (!word.isEmpty()) {
          place = word;
        }
      }
      return new Parsed(tier, place, above);
    }

    private static long limit(String thousands) {
      for (long limit : LIMITS) {
        if (Long.toString(limit / 1000).equals(thousands)) {
          return limit;
        }
      }
      return 0;
    }
  }
}
