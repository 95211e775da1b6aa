package dev.flightlog.runs.reconciliation;

/** Tokens by kind, as all providers count them, and requests to models. */
public record Tokens(
    long uncachedInput, long cacheRead, long cacheWrite, long output, long requests) {
  public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0);

  /** All tokens, whatever their kind. */
  public long all() {
    return uncachedInput + cacheRead + cacheWrite + output;
  }

  Tokens plus(Tokens other) {
    return new Tokens(
        uncachedInput + other.uncachedInput,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        output + other.output,
        requests + other.requests);
  }

  /** Of each kind the smaller number: what both know of. */
  Tokens common(Tokens other) {
    return new Tokens(
        Math.min(uncachedInput, other.uncachedInput),
        Math.min(cacheRead, other.cacheRead),
        Math.min(cacheWrite, other.cacheWrite),
        Math.min(output, other.output),
        Math.min(requests, other.requests));
  }

  Tokens minus(Tokens other) {
    return new Tokens(
        uncachedInput - other.uncachedInput,
        cacheRead - other.cacheRead,
        cacheWrite - other.cacheWrite,
        output - other.output,
        requests - other.requests);
  }
}
