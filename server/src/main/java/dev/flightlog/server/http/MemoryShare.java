package dev.flightlog.server.http;

import dev.flightlog.server.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that all bodies together may take; for many threads. */
final class MemoryShare {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  MemoryShare(long most) {
    this.most = most;
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
     * @throws dev.flightlog.server.ProblemException 503 when there are not so many left
     */
    void take(long more) {
      if (taken.addAndGet(more) > most) {
        taken.addAndGet(-more);
        throw Problem.overloaded(
                "too many large bodies are being received at the moment", Duration.ofSeconds(1))
            .header("Connection", "close")
            .exception();
      }
      bytes += more;
    }

    @Override
    public void close() {
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
