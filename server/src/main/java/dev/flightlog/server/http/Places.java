package dev.flightlog.server.http;

import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many requests of one route are decoded and handled at a time. The others stand in line before
 * their bodies are read, which costs no memory and hardly any time of a processor; whoever stood
 * there too long is refused. So senders that do not wait before they send again use their own time,
 * and not that of the requests that run. Safe for many threads.
 */
final class Places {
  private final Semaphore free;
  private final Duration patience;

  /**
   * @param patience how long a request waits before it is refused
   */
  Places(int atATime, Duration patience) {
    free = new Semaphore(atATime, true);
    this.patience = patience;
  }

  /**
   * Returns when there was a place. It is not taken: a body that arrives slowly must not hold one.
   *
   * @throws ProblemException 429 when there was none for long
   */
  void await() {
    take();
    free.release();
  }

  /**
   * Takes a place, to be {@linkplain #release given back}.
   *
   * @throws ProblemException 429 when there was none for long
   */
  void take() {
    boolean taken = false;
    try {
      taken = free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!taken) {
      throw Problem.of(429, "there are too many of these requests at a time; send it again")
          .header("Retry-After", "1")
          .exception();
    }
  }

  void release() {
    free.release();
  }
}
