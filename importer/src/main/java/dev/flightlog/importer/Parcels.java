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
 * parcels go round, which bounds the memory: the reader waits for an empty one.
 *
 * <pre>
 *   reader: batch() … mark() … handOver()  ──full──▶  storer: append(rows, marks)
 *              ▲                                         │
 *              └──────────────────empty──────────────────┘
 * </pre>
 */
final class Parcels {
  private static final int MOST_ROWS = 8192;
  private static final int MOST_BYTES = 4 << 20;
  private static final int COUNT = 3;

  private final BlockingQueue<Parcel> full = new ArrayBlockingQueue<>(COUNT + 1);
  private final BlockingQueue<Parcel> empty = new ArrayBlockingQueue<>(COUNT);
  private @Nullable Parcel current;

  private static final class Parcel {
    private final EventBatch rows = new EventBatch();
    private final List<Mark> marks = new ArrayList<>();
    private long doneBytes;
    private boolean last;
    private @Nullable Throwable failure;
  }

  /** Reads everything, handing parcels over. */
  interface Reading {
    void run(Parcels parcels) throws Exception;
  }

  /** Is told after each parcel that was stored. */
  interface Progress {
    void stored(long doneBytes);
  }

  Parcels() {
    for (int i = 0; i < COUNT; i++) {
      empty.add(new Parcel());
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
        Parcel parcel = full.take();
        if (parcel.failure != null) {
          throw failed(parcel.failure);
        }
        if (!parcel.rows.isEmpty() || !parcel.marks.isEmpty()) {
          all = all.plus(store.append(new Append(parcel.rows, parcel.marks)));
        }
        progress.stored(parcel.doneBytes);
        if (parcel.last) {
          return all;
        }
        parcel.rows.clear();
        parcel.marks.clear();
        empty.add(parcel);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportException("The import was interrupted; the next one goes on from here.");
    } finally {
      stop(reader);
    }
  }

  /** The rows of the parcel that is being filled. */
  EventBatch batch() {
    return current().rows;
  }

  void mark(Mark mark) {
    current().marks.add(mark);
  }

  /** True when the parcel is large enough to go. */
  boolean isFull() {
    EventBatch rows = current().rows;
    return rows.size() >= MOST_ROWS || rows.byteSize() >= MOST_BYTES;
  }

  /** Gives the parcel away; waits for an empty one when it is next asked for. */
  void handOver(long doneBytes) throws InterruptedException {
    Parcel parcel = current();
    parcel.doneBytes = doneBytes;
    current = null;
    full.put(parcel);
  }

  private Parcel current() {
    Parcel parcel = current;
    if (parcel == null) {
      try {
        parcel = empty.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
      current = parcel;
    }
    return parcel;
  }

  private void read(Reading reading) {
    Parcel last = null;
    try {
      reading.run(this);
      last = current();
    } catch (Throwable e) {
      last = new Parcel();
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
