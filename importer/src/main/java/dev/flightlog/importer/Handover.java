package dev.flightlog.importer;

import dev.flightlog.event.EventBatch;
import dev.flightlog.importer.storing.Appends;
import dev.flightlog.store.Mark;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands the rows of some files from the thread that reads them to the one that stores. Each reading
 * thread has few loads that go round, which bounds the memory: it waits for an empty one.
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
  private static final int LOADS = 3;

  private final BlockingQueue<Load> full = new LinkedBlockingQueue<>();
  private @Nullable Loads loads;
  private @Nullable Load current;

  private static final class Load {
    private final EventBatch rows = new EventBatch();
    private final List<Mark> marks = new ArrayList<>();
    private @Nullable Loads from;
    private long doneBytes;
    private boolean last;
    private @Nullable Throwable failure;
  }

  /** The empty loads of a thread that reads. */
  static final class Loads {
    private final BlockingQueue<Load> empty = new ArrayBlockingQueue<>(LOADS);

    Loads() {
      for (int i = 0; i < LOADS; i++) {
        empty.add(new Load());
      }
    }
  }

  /** The import was stopped from outside; nothing is wrong with what it was reading. */
  static final class StoppedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    StoppedException() {
      super("The import was stopped.");
    }
  }

  /** The calling thread begins to read, into these loads. */
  void begin(Loads own) {
    loads = own;
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
  void handOver(long doneBytes) {
    Load load = current();
    load.doneBytes = doneBytes;
    current = null;
    full.add(load);
  }

  /** Everything is read. */
  void end(long doneBytes) {
    Load load = current();
    load.last = true;
    handOver(doneBytes);
  }

  /** Reading cannot go on. */
  void fail(Throwable failure) {
    Load load = new Load();
    load.failure = failure;
    full.add(load);
  }

  private Load current() {
    Load load = current;
    if (load == null) {
      Loads own = Objects.requireNonNull(loads);
      try {
        load = own.empty.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
      load.from = own;
      current = load;
    }
    return load;
  }

  /**
   * Takes all that is handed over, until everything is.
   *
   * @throws RuntimeException the failure of the thread that reads
   */
  void pass(Appends to) throws InterruptedException {
    while (true) {
      Load load = full.take();
      if (load.failure != null) {
        to.end(); // What was read before is stored.
        throw failed(load.failure);
      }
      to.add(load.rows, load.marks, load.doneBytes);
      boolean last = load.last;
      load.rows.clear();
      load.marks.clear();
      load.last = false;
      Objects.requireNonNull(load.from).empty.add(load);
      if (last) {
        return;
      }
    }
  }

  private static RuntimeException failed(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new ImportException("The import failed: " + failure);
  }
}
