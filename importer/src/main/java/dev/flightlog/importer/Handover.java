package dev.flightlog.importer;

import dev.flightlog.event.EventBatch;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands rows from the thread that reads to the one that stores, so that both work at once. Few
 * handover go round, which bounds the memory: the reader waits for an empty one.
 *
 * <pre>
 *   reader: batch() … mark() … handOver()  ──full──▶  storer: append(rows, marks)
 *              ▲                                         │
 *              └──────────────────empty──────────────────┘
 * </pre>
 */
final class Handover {
  private static final int MOST_ROWS = 8192;
  private static final int MOST_BYTES = 4 << 20;
  private static final int COUNT = 3;

  private final BlockingQueue<Load> full = new ArrayBlockingQueue<>(COUNT + 1);
  private final BlockingQueue<Load> empty = new ArrayBlockingQueue<>(COUNT);
  private @Nullable Load current;

  private static final class Load {
    private final EventBatch rows = new EventBatch();
    private final List<Mark> marks = new ArrayList<>();
    private long doneBytes;
    private boolean last;
    private @Nullable Throwable failure;
  }

  /** Reads everything, handing handover over. */
  interface Reading {
    void run(Handover handover) throws Exception;
  }

  /** Is told after each load that was stored. */
  interface Progress {
    void stored(long doneBytes);
  }

  Handover() {
    for (int i = 0; i < COUNT; i++) {
      empty.add(new Load());
    }
  }

  /** Reads on a thread of its own and stores on this one, until all is stored or one fails. */
  Appended pump(Reading reading, EventStore store, Progress progress) {
    Thread reader =
        Thread.ofPlatform().daemon().name("flightlog-import").unstarted(() -> read(reading));
    reader.start();
    Appended all = Appended.NOTHING;
    try {
      for (; ; ) {
        Load load = full.take();
        if (load.failure != null) {
          throw failed(load.failure);
        }
        if (!load.rows.isEmpty() || !load.marks.isEmpty()) {
          all = all.plus(store.append(new Append(load.rows, load.marks)));
        }
        progress.stored(load.doneBytes);
        if (load.last) {
          return all;
        }
        load.rows.clear();
        load.marks.clear();
        empty.add(load);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportException("The import was interrupted; the next one goes on from here.");
    } finally {
      stop(reader);
    }
  }

  /** The rows of the load that is being filled. */
  EventBatch batch() {
    return current().rows;
  }

  void mark(Mark mark) {
    current().marks.add(mark);
  }

  /** True when the load is large enough to go. */
  boolean isFull() {
    EventBatch rows = current().rows;
    return rows.size() >= MOST_ROWS || rows.byteSize() >= MOST_BYTES;
  }

  /** Gives the load away; waits for an empty one when it is next asked for. */
  void handOver(long doneBytes) throws InterruptedException {
    Load load = current();
    load.doneBytes = doneBytes;
    current = null;
    full.put(load);
  }

  private Load current() {
    Load load = current;
    if (load == null) {
      try {
        load = empty.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
      current = load;
    }
    return load;
  }

  private void read(Reading reading) {
    Load last = null;
    try {
      reading.run(this);
      last = current();
    } catch (Throwable e) {
      last = new Load();
      last.failure = e;
    }
    last.last = true;
    last.doneBytes = Long.MAX_VALUE;
    full.add(last);
  }

  private static RuntimeException failed(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new ImportException("The import failed: " + failure);
  }

  private static void stop(Thread reader) {
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
