package dev.flightlog.server.web;

import java.time.Duration;

/**
 * What one request to a route may take.
 *
 * @param bodyBytes the most bytes of a body, as sent and decoded; more is 413
 * @param atATime how many are decoded and handled, or wait for it; more are 429
 * @param time how long the handler may take once the body is there; longer is 503
 */
public record Limits(int bodyBytes, Duration time, int atATime) {
  public static final Limits DEFAULT =
      new Limits(20 << 20, Duration.ofSeconds(10), Integer.MAX_VALUE);

  public Limits body(int bytes) {
    return new Limits(bytes, time, atATime);
  }

  public Limits time(Duration longest) {
    return new Limits(bodyBytes, longest, atATime);
  }

  public Limits atATime(int most) {
    return new Limits(bodyBytes, time, most);
  }
}
