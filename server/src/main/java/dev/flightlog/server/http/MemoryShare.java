package dev.flightlog.server.http;

import dev.flightlog.server.web.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that all bodies of requests, or of answers, together may take; for many threads. */
final class MemoryShare {
  private final long most;
  private final String refusal;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param most in bytes
   * @param refusal what is told to who gets none
   */
  MemoryShare(long most, String refusal) {
    this.most = most;
    this.refusal = refusal;
  }

  Held hold() {
    return new Held();
  }

  /** What one request has taken, until it is closed; for one thread. */
  final class Held implements AutoCloseable {
    private long bytes;

    /**
     * Takes so many more.
     *
     * @throws dev.flightlog.server.web.ProblemException 503 when there are not so many left
     */
    void take(long more) {
      if (taken.addAndGet(more) > most) {
        taken.addAndGet(-more);
        throw Problem.overloaded(refusal, Duration.ofSeconds(1))
            .header("Connection", "close")
            .exception();
      }
      bytes += more;
    }

    /** Takes so many more, if there are so many left, or nobody else has any. */
    boolean takes(long more) {
      long now = taken.addAndGet(more);
      if (now > most && now > more) {
        taken.addAndGet(-more);
        return false;
      }
      bytes += more;
      return true;
    }

    @Override
    public void close() {
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
