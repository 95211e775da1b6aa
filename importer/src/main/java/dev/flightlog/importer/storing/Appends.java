package dev.flightlog.importer.storing;

import dev.flightlog.event.EventBatch;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends what is handed over, in its order: as it comes, or gathered to as many rows as the store
 * wants, but no more than some megabytes. For the thread that stores; blocks.
 */
public final class Appends {
  private static final int MOST_BYTES = 32 << 20;

  private final EventStore store;
  private final Progress progress;
  private final EventBatch rows = new EventBatch();
  private final List<Mark> marks = new ArrayList<>();
  private Appended all = Appended.NOTHING;
  private long doneBytes;

  /** Is told what is stored. */
  public interface Progress {
    void stored(long doneBytes);
  }

  public Appends(EventStore store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /** Takes rows and marks, which are the caller's again afterwards. */
  public void add(EventBatch batch, List<Mark> some, long done) {
    doneBytes = done;
    boolean enough = batch.size() >= store.appendSize() || batch.byteSize() >= MOST_BYTES;
    if (enough && rows.isEmpty() && marks.isEmpty()) {
      append(batch, some);
      return;
    }
    rows.addAll(batch);
    marks.addAll(some);
    if (rows.size() >= store.appendSize() || rows.byteSize() >= MOST_BYTES) {
      end();
    }
  }

  /** Appends what was gathered. */
  public void end() {
    append(rows, marks);
    rows.clear();
    marks.clear();
  }

  private void append(EventBatch batch, List<Mark> some) {
    if (!batch.isEmpty() || !some.isEmpty()) {
      all = all.plus(store.append(new Append(batch, some)));
    }
    progress.stored(doneBytes);
  }

  /** What became of all of them. */
  public Appended all() {
    return all;
  }
}
