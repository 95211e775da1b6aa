package dev.flightlog.server.stream;

import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what arrives in the store, once for all who watch, and keeps the newest of it for them.
 * What it keeps is bounded, and nobody is waited for: a watcher that is too slow finds its place
 * gone. Looks when it is told that something arrived, and every second besides, because other
 * processes write too; not at all while nobody watches. Safe for many threads.
 */
final class Hub implements AutoCloseable {
  private static final int AT_ONCE = 500;
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventStore store;
  private final Recent recent;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final Condition published = lock.newCondition();
  private final Thread thread;
  private @Nullable Cursor cursor;
  private final AtomicBoolean wake = new AtomicBoolean();
  private int watchers;
  private long rounds;
  private volatile boolean closed;
  private volatile String problem = "";

  /**
   * @param store stays open
   * @param mostBytes of what is kept
   */
  Hub(EventStore store, long mostBytes) {
    this.store = store;
    recent = new Recent(mostBytes);
    thread = Thread.ofPlatform().name("flightlog-stream").daemon().start(this::follow);
  }

  /**
   * Something may have arrived. Cheap, and does not wait for watchers while it was told already.
   */
  void wake() {
    if (!wake.getAndSet(true)) {
      lock.lock();
      try {
        woken.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * One more who watches, until {@link #leave}.
   *
   * @return false when there are as many as may be
   */
  boolean enter(int most) {
    lock.lock();
    try {
      if (watchers >= most || closed) {
        return false;
      }
      watchers++;
      wake.set(true);
      woken.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      watchers--;
    } finally {
      lock.unlock();
    }
  }

  int watchers() {
    lock.lock();
    try {
      return watchers;
    } finally {
      lock.unlock();
    }
  }

  /** What keeps it from looking; empty when nothing does. */
  String problem() {
    return problem;
  }

  boolean isClosed() {
    return closed;
  }

  /** The number of what follows this place, if the hub has it or stands there; else -1. */
  long numberBehind(Cursor place) {
    lock.lock();
    try {
      return place.equals(cursor) ? recent.end() : recent.numberBehind(place);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What is there from this number on; waits for the first of it, at most so long.
   *
   * @param from not behind the newest
   * @return null when some of it is no longer kept
   */
  @Nullable List<Arrival> from(long from, int most, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (from == recent.end() && left > 0 && !closed) {
        left = published.awaitNanos(left);
      }
      return recent.from(from, most);
    } finally {
      lock.unlock();
    }
  }

  /** How often the hub has looked. */
  long rounds() {
    lock.lock();
    try {
      return rounds;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the hub has looked more often than that, at most so long. */
  void awaitRound(long before, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (rounds == before && left > 0 && !closed) {
        left = published.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void follow() {
    try {
      while (!closed) {
        Cursor from = awaitWork();
        if (!closed) {
          look(from);
        }
      }
    } catch (InterruptedException e) {
      // It is being closed.
    }
  }

  /** Waits until there is somebody to look for; answers where to go on, null for the end. */
  private @Nullable Cursor awaitWork() throws InterruptedException {
    lock.lock();
    try {
      long left = EVERY_NANOS;
      while (!closed && (watchers == 0 || (!wake.get() && left > 0))) {
        if (watchers == 0) {
          // Whoever comes next begins at a place of its own.
          recent.clear();
          cursor = null;
          woken.await();
          left = EVERY_NANOS;
        } else {
          left = woken.awaitNanos(left);
        }
      }
      wake.set(false);
      return cursor;
    } finally {
      lock.unlock();
    }
  }

  private void look(@Nullable Cursor from) {
    try {
      Cursor at = from;
      boolean more = true;
      while (more && !closed) {
        if (at == null) {
          at = store.latest();
          publish(List.of(), at);
          more = false;
          continue;
        }
        switch (store.changes(at, AT_ONCE)) {
          case Changes.Page page -> {
            at = page.next();
            publish(Arrival.of(page), at);
            more = page.more();
          }
          case Changes.Unknown unknown -> {
            at = store.latest();
            publish(List.of(Arrival.reset(unknown.why(), at)), at);
            more = false;
          }
        }
      }
      problem = "";
    } catch (StoreException e) {
      problem = "the stream of events: " + e.getMessage();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      problem = "the stream of events: " + e;
      passOver(e);
    }
  }

  /** What cannot be shown is left out, and said to be: what comes after it is shown. */
  private void passOver(Throwable e) {
    try {
      Cursor at = store.latest();
      publish(List.of(Arrival.reset("some events cannot be shown (" + e + ")", at)), at);
    } catch (RuntimeException failed) {
      problem = "the stream of events: " + failed;
    }
  }

  private void publish(List<Arrival> arrivals, Cursor next) {
    lock.lock();
    try {
      arrivals.forEach(recent::add);
      cursor = next;
      rounds++;
      published.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the looking, and every wait. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      woken.signalAll();
      published.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }
}
