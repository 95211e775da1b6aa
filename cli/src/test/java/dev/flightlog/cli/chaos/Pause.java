package dev.flightlog.cli.chaos;

import java.util.concurrent.locks.LockSupport;

/** Time that passes between one act and the next. */
final class Pause {
  private Pause() {}

  static void millis(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
