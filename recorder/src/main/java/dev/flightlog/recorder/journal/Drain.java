package dev.flightlog.recorder.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * Moves batches from a ring to the journals, so that each line arrives once whatever fails in
 * between. A batch that could not be finished is kept and continued by the next {@link #step}.
 *
 * <p>For one thread at a time.
 */
final class Drain {
  /** Called when the ring's header has changed, for rings that are no mapped file. */
  interface Persist {
    void header() throws IOException;
  }

  private final Ring ring;
  private final JournalFiles files;
  private final IntConsumer written;
  private final Persist persist;
  private final Batch batch;
  private final ByteBuffer lines = ByteBuffer.allocateDirect(Batch.MAX_BYTES + 1);
  private int[] staged = new int[512];
  private boolean begun;

  /**
   * @param written is told how many more lines are in their journals
   */
  Drain(Ring ring, JournalFiles files, IntConsumer written, Persist persist) {
    this(ring, files, written, persist, (from, to) -> {});
  }

  /** As above, for the ring of a process that has gone. */
  Drain(
      Ring ring, JournalFiles files, IntConsumer written, Persist persist, Batch.Damaged damaged) {
    this.ring = ring;
    this.files = files;
    this.written = written;
    this.persist = persist;
    this.batch = new Batch(ring, damaged);
    lines.put(0, (byte) '\n');
  }

  /**
   * Writes the next batch, or the rest of one that failed.
   *
   * @return false when there was nothing to write
   * @throws IOException when a journal could not be written; nothing is lost, try again later
   */
  boolean step() throws IOException, DamagedRingException {
    if (!begun) {
      if (!batch.collect(ring.tail(), false)) {
        return false;
      }
      begun = true;
      for (Batch.Part part : batch.parts()) {
        part.sizeBefore = -1;
      }
    }
    write();
    return true;
  }

  /** Writes all that a process which has gone left in its ring. */
  void recover() throws IOException, DamagedRingException {
    long intended = Intent.end(ring);
    if (intended > 0) {
      batch.collect(intended, true);
      Intent.read(ring, batch);
      for (int i = 0; i < batch.parts().size(); i++) {
        Presence.mark(ring, batch, i, files.path(batch.parts().get(i).name));
      }
      write();
    }
    while (batch.collect(ring.tail(), true)) {
      for (Batch.Part part : batch.parts()) {
        part.sizeBefore = -1;
      }
      write();
    }
  }

  private void write() throws IOException {
    boolean noted = true;
    for (Batch.Part part : batch.parts()) {
      if (part.sizeBefore < 0) {
        part.sizeBefore = files.get(part.name).size();
        noted = false;
      }
    }
    if (!noted) {
      Intent.write(ring, batch);
      persist.header();
    }
    for (int i = 0; i < batch.parts().size(); i++) {
      while (batch.parts().get(i).missing > 0) {
        write(i);
      }
    }
    begun = false;
    ring.release(batch.to());
    persist.header();
  }

  /** Appends a line that did not come through the ring. */
  void write(byte[] name, byte[] line) throws IOException {
    String journal = new String(name, StandardCharsets.US_ASCII);
    ByteBuffer framed = ByteBuffer.allocateDirect(line.length + 2);
    framed.put(0, (byte) '\n').put(1, line).put(line.length + 1, (byte) '\n');
    int wrote;
    do {
      try {
        wrote = files.get(journal).append(framed);
      } catch (ClosedChannelException e) {
        // Perhaps it is there already; then the same id tells its readers so.
        Thread.interrupted();
        files.drop(journal);
        wrote = 0;
      }
    } while (wrote <= line.length);
    written.accept(1);
  }

  private void write(int index) throws IOException {
    Batch.Part part = batch.parts().get(index);
    int before = part.missing;
    if (part.uncertain) {
      Presence.mark(ring, batch, index, files.path(part.name));
      part.uncertain = false;
    } else {
      int count = stage(index);
      part.uncertain = true;
      int wrote = append(part.name);
      part.uncertain = wrote < 0;
      int end = 0;
      for (int i = 0; i < count; i++) {
        end += Ring.lineLength(ring.header(batch.position(staged[i])));
        if (end > wrote) {
          break;
        }
        batch.done(staged[i]);
      }
    }
    written.accept(before - part.missing);
  }

  /** Appends what is staged; -1 when an interrupt closed the file in the middle. */
  private int append(String name) throws IOException {
    try {
      return files.get(name).append(lines);
    } catch (ClosedChannelException e) {
      Thread.interrupted();
      files.drop(name);
      return -1;
    }
  }

  /** Puts the missing lines of one part after the spare line feed at index 0. */
  private int stage(int part) {
    if (staged.length < batch.count()) {
      staged = new int[batch.count() * 2];
    }
    lines.clear();
    int count = 0;
    int at = 1;
    for (int i = 0; i < batch.count(); i++) {
      if (batch.isMissing(i, part)) {
        long position = batch.position(i);
        long header = ring.header(position);
        int length = Ring.lineLength(header);
        lines.put(at, ring.bytes(), ring.nameAt(position) + Ring.nameLength(header), length);
        at += length;
        staged[count++] = i;
      }
    }
    lines.limit(at);
    return count;
  }
}
