package dev.flightlog.importer;

import dev.flightlog.importer.Handover.Loads;
import dev.flightlog.importer.storing.Appends;
import dev.flightlog.store.Appended;
import dev.flightlog.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads portions on all processors and stores them on the calling thread, in the order of the
 * files, so that what an import leaves does not depend on which thread was faster.
 *
 * <pre>
 *   portions   1  2  3  4 …     each thread takes the next one that nobody has
 *   storer     1, then 2, …     who is ahead waits when its loads are full
 * </pre>
 */
final class ReadingThreads {
  /** One thread stores; more than so many that read would wait for it. */
  private static final int MOST = 4;

  private final List<Portion> portions;
  private final Reading reading;
  private final AtomicInteger next = new AtomicInteger();

  /** Reads a portion. */
  interface Reading {
    void read(Portion portion) throws Exception;
  }

  ReadingThreads(List<Portion> portions, Reading reading) {
    this.portions = portions;
    this.reading = reading;
  }

  /** Reads and stores, until all is stored or one of it fails; then what is before is stored. */
  Appended pump(EventStore store, Appends.Progress progress) {
    List<Thread> threads = new ArrayList<>();
    int count = Math.min(portions.size(), Math.clamp(processors(), 1, MOST));
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.ofPlatform().daemon().name("flightlog-import-", i).start(this::readPortions));
    }
    Appends appends = new Appends(store, progress);
    try {
      for (Portion portion : portions) {
        portion.handover().pass(appends);
      }
      appends.end();
      return appends.all();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportException("The import was interrupted; the next one goes on from here.");
    } finally {
      stop(threads);
    }
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private void readPortions() {
    Loads loads = new Loads();
    for (int i = next.getAndIncrement(); i < portions.size(); i = next.getAndIncrement()) {
      Portion portion = portions.get(i);
      try {
        portion.handover().begin(loads);
        reading.read(portion);
        portion.handover().end(portion.totals().doneBytes);
      } catch (Throwable e) {
        portion.handover().fail(e);
        return;
      }
    }
  }

  private static void stop(List<Thread> threads) {
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
