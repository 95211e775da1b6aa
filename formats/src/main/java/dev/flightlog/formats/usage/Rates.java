package dev.flightlog.formats.usage;

/** US dollars for one token of each kind, and for one web search. */
public record Rates(
    double input,
    double output,
    double cacheRead,
    double cacheWrite5m,
    double cacheWrite1h,
    double webSearch) {

  /** What these tokens cost in US dollars; all writes to the cache, and those for an hour. */
  public double cost(
      double inputTokens,
      double outputTokens,
      double cacheReadTokens,
      double cacheWriteTokens,
      double cacheWrite1hTokens,
      double webSearches) {
    return inputTokens * input
        + outputTokens * output
        + cacheReadTokens * cacheRead
        + Math.max(0, cacheWriteTokens - cacheWrite1hTokens) * cacheWrite5m
        + cacheWrite1hTokens * cacheWrite1h
        + webSearches * webSearch;
  }

  /** What a response cost in US dollars. */
  public double cost(Usage used) {
    return cost(
        used.input(),
        used.output(),
        used.cacheRead(),
        used.cacheWrite(),
        used.cacheWrite1h(),
        used.webSearches());
  }

  /** Tokens by this factor; searches cost what they cost. */
  Rates times(double factor) {
    return new Rates(
        input * factor,
        output * factor,
        cacheRead * factor,
        cacheWrite5m * factor,
        cacheWrite1h * factor,
        webSearch);
  }
}
