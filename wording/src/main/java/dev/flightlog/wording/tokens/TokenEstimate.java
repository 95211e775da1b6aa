package dev.flightlog.wording.tokens;

/**
 * The tokens a text is taken to cost a model: the {@code o200k_base} count times a safety factor,
 * rounded up. It is an estimate because most models, Claude among them, cut text by vocabularies
 * that are not public; the factor keeps it on the high side, so that a budget holds.
 *
 * @param factor from 1 to 10, kept to the thousandth; see {@link SafetyFactors}
 */
public record TokenEstimate(double factor) {

  /** Refuses a factor outside 1 to 10. */
  public TokenEstimate {
    factor = SafetyFactors.checked("safety factor", factor);
  }

  /** The estimate with the factor for models of no listed family. */
  public static TokenEstimate standard() {
    return new TokenEstimate(SafetyFactors.STANDARD);
  }

  /**
   * What {@code text} costs. Counts the whole text; see {@link TokenCounter} for time and memory.
   */
  public int of(CharSequence text) {
    return ofCount(TokenCounter.o200k().count(text));
  }

  /** What {@code counted} tokens of {@code o200k_base} are taken to cost. */
  public int ofCount(int counted) {
    return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(counted * thousandths(), 1000L));
  }

  /** The greatest count whose estimate is not above {@code budget}. */
  public int countWithin(int budget) {
    return (int) Math.floorDiv(budget * 1000L, thousandths());
  }

  /** Whole numbers, for 1.35 has no exact double: 100 tokens are 135, never 136. */
  private long thousandths() {
    return Math.round(factor * 1000);
  }
}
