package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.digest.SessionRead.Batch;
import dev.flightlog.patterns.digest.SessionRead.Found;
import dev.flightlog.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks at batches of sessions on all processors, and gives what was found in the order of the
 * batches. Few are read ahead, which bounds the memory. For one thread; closed.
 */
final class ReadAhead implements AutoCloseable {
  /** Below so many events the calling thread looks at them by itself. */
  private static final long MANY = 20_000;

  private static final int MOST_THREADS = 4;

  private final SessionRead read;
  private final Iterator<Batch> batches;
  private final int threads;
  private final Deque<Future<List<Found>>> ahead = new ArrayDeque<>();
  private final ExecutorService pool;

  /**
   * @param events in all batches
   */
  ReadAhead(SessionRead read, List<Batch> batches, long events) {
    this.read = read;
    this.batches = batches.iterator();
    int processors = Runtime.getRuntime().availableProcessors();
    this.threads = events < MANY ? 1 : Math.clamp(processors, 1, MOST_THREADS);
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("flightlog-sessions-", 0).factory());
  }

  /**
   * What the next batch gave.
   *
   * @throws StoreException as the store fails; STOPPED when the thread is interrupted
   */
  List<Found> next() {
    if (threads == 1) {
      return read.look(batches.next());
    }
    while (ahead.size() <= threads && batches.hasNext()) {
      Batch batch = batches.next();
      ahead.add(pool.submit(() -> read.look(batch)));
    }
    try {
      return ahead.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.STOPPED, "interrupted while sessions were looked at", e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RuntimeException failure -> failure;
        case Error failure -> throw failure;
        case null, default -> new IllegalStateException("sessions could not be looked at", e);
      };
    }
  }

  /** Waits until nobody reads any more. */
  @Override
  public void close() {
    pool.shutdownNow();
    pool.close();
  }
}
