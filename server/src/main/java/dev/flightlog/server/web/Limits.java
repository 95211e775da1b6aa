package dev.flightlog.server.web;

import java.time.Duration;

/**
 * What one request to a route may take.
 *
 * @param bodyBytes the most bytes of a body, as sent and decoded; more is 413
 * @param time how long the handler may take once the body is there; longer is 503
 * @param atATime how many are decoded and handled at a time; more wait in line
 * @param patience how long a request waits in that line; longer is 429
 */
public record Limits(int bodyBytes, Duration time, int atATime, Duration patience) {
  public static final Limits DEFAULT =
      new Limits(20 << 20, Duration.ofSeconds(10), Integer.MAX_VALUE, Duration.ofMillis(500));

  public Limits body(int bytes) {
    return new Limits(bytes, time, atATime, patience);
  }

  public Limits time(Duration longest) {
    return new Limits(bodyBytes, longest, atATime, patience);
  }

  public Limits atATime(int most, Duration longestWait) {
    return new Limits(bodyBytes, time, most, longestWait);
  }
}
