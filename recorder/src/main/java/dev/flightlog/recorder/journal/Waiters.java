package dev.flightlog.recorder.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Threads that wait for something to come true, for a bounded time. An interrupt neither ends the
 * wait nor gets lost.
 */
final class Waiters {
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

  /** Waits; true when it came true in time. */
  boolean await(BooleanSupplier condition, long nanos, Runnable hurry) {
    if (condition.getAsBoolean()) {
      return true;
    }
    long start = System.nanoTime();
    Thread self = Thread.currentThread();
    boolean interrupted = false;
    threads.add(self);
    try {
      hurry.run();
      while (!condition.getAsBoolean()) {
        long left = nanos - (System.nanoTime() - start);
        if (left <= 0) {
          return false;
        }
        LockSupport.parkNanos(this, left);
        interrupted |= Thread.interrupted();
      }
      return true;
    } finally {
      threads.remove(self);
      if (interrupted) {
        self.interrupt();
      }
    }
  }

  boolean isEmpty() {
    return threads.isEmpty();
  }

  /** Lets all look again. */
  void wake() {
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}
