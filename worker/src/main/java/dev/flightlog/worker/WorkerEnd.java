package dev.flightlog.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a worker is to end, and waiting that this cuts short. For any thread. */
final class WorkerEnd {
  private final CountDownLatch come = new CountDownLatch(1);

  void comes() {
    come.countDown();
  }

  boolean hasCome() {
    return come.getCount() == 0;
  }

  /** Waits so long, or until the worker is to end. */
  void await(Duration most) throws InterruptedException {
    come.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }
}
