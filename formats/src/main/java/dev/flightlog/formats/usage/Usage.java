package dev.flightlog.formats.usage;

import org.jspecify.annotations.Nullable;

/**
 * What one response of one model used. Input excludes what was read from or written to a cache. A
 * response that several models gave has a usage for each. Counts are never negative.
 *
 * @param cacheWrite all tokens written to the cache
 * @param cacheWrite1h those of them that stay for an hour
 * @param webSearches searches that the provider made and bills by number
 * @param billing how the call is billed where that is not the provider's standard
 */
public record Usage(
    long input,
    long output,
    long cacheRead,
    long cacheWrite,
    long cacheWrite1h,
    long webSearches,
    Billing billing) {
  /** Nothing at all. */
  public static final Usage NONE = of(0, 0, 0, 0);

  /** More tokens than any response can have; a larger number is a damaged one. */
  private static final long MOST = 1L << 40;

  public Usage {
    input = bounded(input);
    output = bounded(output);
    cacheRead = bounded(cacheRead);
    cacheWrite = bounded(cacheWrite);
    cacheWrite1h = Math.min(bounded(cacheWrite1h), cacheWrite);
    webSearches = bounded(webSearches);
  }

  /** Tokens billed in the standard way. */
  public static Usage of(long input, long output, long cacheRead, long cacheWrite) {
    return new Usage(input, output, cacheRead, cacheWrite, 0, 0, Billing.STANDARD);
  }

  /** The tokens of a source that counts cached input, read or written, as input, too. */
  public static Usage ofInclusive(long input, long output, long cacheRead, long cacheWrite) {
    long read = Math.clamp(cacheRead, 0, bounded(input));
    long write = Math.clamp(cacheWrite, 0, bounded(input) - read);
    return of(bounded(input) - read - write, output, read, write);
  }

  /** The same, billed in this way. */
  public Usage billed(Billing other) {
    return new Usage(input, output, cacheRead, cacheWrite, cacheWrite1h, webSearches, other);
  }

  /** The same tokens, with these web searches. */
  public Usage searches(long count) {
    return new Usage(input, output, cacheRead, cacheWrite, cacheWrite1h, count, billing);
  }

  /** All tokens. */
  public long total() {
    return input + output + cacheRead + cacheWrite;
  }

  /** What stood in the context window when the response began. */
  public long context() {
    return input + cacheRead + cacheWrite;
  }

  /** Both together, billed as this one is. */
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        output + other.output,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        cacheWrite1h + other.cacheWrite1h,
        webSearches + other.webSearches,
        billing);
  }

  /** What this has more than the other, kind by kind; never negative. */
  public Usage minus(Usage other) {
    return new Usage(
        input - other.input,
        output - other.output,
        cacheRead - other.cacheRead,
        cacheWrite - other.cacheWrite,
        cacheWrite1h - other.cacheWrite1h,
        webSearches - other.webSearches,
        billing);
  }

  /** {@link Billing#text} with the size of the request; null when all of it is standard. */
  public @Nullable String billingText() {
    return billing.text(context());
  }

  private static long bounded(long count) {
    return count < 0 || count > MOST ? 0 : count;
  }
}
