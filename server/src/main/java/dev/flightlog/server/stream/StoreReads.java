package dev.flightlog.server.stream;

import dev.flightlog.event.Event;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.StoreException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads of single watchers, on two platform threads for all of them: whoever comes back after a
 * long time costs the others nothing but their turn. Safe for many threads; calls block.
 */
final class StoreReads implements AutoCloseable {
  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final EventStore store;
  private final ThreadPoolExecutor threads;

  StoreReads(EventStore store) {
    this.store = store;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("flightlog-stream-read-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  Cursor latest() throws InterruptedIOException {
    return on(store::latest);
  }

  Changes changes(Cursor after, Filter filter, int most) throws InterruptedIOException {
    return on(() -> store.changes(after, filter, most));
  }

  /** The newest events that match, oldest of them first. */
  List<Event> newest(Filter filter, int most) throws InterruptedIOException {
    ReadRequest request = ReadRequest.newestFirst(filter).limit(most).patience(PATIENCE);
    return on(() -> store.read(request).finish(request).reversed());
  }

  private <T> T on(Callable<T> read) throws InterruptedIOException {
    try {
      return threads.submit(read).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
