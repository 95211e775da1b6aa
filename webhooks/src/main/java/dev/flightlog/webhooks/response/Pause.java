package dev.flightlog.webhooks.response;

import java.time.Duration;

/** Waits; tests pass one that does not. */
@FunctionalInterface
public interface Pause {
  /** Really waits. */
  Pause REAL = Thread::sleep;

  void sleep(Duration time) throws InterruptedException;
}
