package dev.flightlog.worker.capture;

/**
 * Tokens of one answer of a model.
 *
 * @param input without what came from or went to a cache
 */
public record TokenUsage(long input, long output, long cacheRead, long cacheWrite) {
  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(
        input + other.input,
        output + other.output,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite);
  }

  /** What stood in the context window. */
  public long context() {
    return input + cacheRead + cacheWrite;
  }

  public long total() {
    return input + output + cacheRead + cacheWrite;
  }
}
