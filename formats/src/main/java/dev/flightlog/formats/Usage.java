package dev.flightlog.formats;

/**
 * The tokens of one model response. Input excludes what was cached.
 *
 * @param cacheWrite all writes to the cache
 * @param cacheWrite1h those of them that stay for an hour
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite, long cacheWrite1h) {
  static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  long total() {
    return input + output + cacheRead + cacheWrite;
  }

  /** What stood in the context window when the response began. */
  long context() {
    return input + cacheRead + cacheWrite;
  }
}
