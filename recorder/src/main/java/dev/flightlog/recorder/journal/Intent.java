package dev.flightlog.recorder.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the draining thread is about to write, noted in the ring's header before it does: from which
 * to which position, into which journals, and how long those were. Who recovers the ring looks
 * behind those lengths for lines that are already there.
 *
 * <p>The note counts while its start is where the ring is consumed up to; so advancing the ring
 * takes it back.
 */
final class Intent {
  static final int MAX_NAME = 240;

  private static final int FROM = Ring.INTENT_AT;
  private static final int TO = FROM + 8;
  private static final int COUNT = FROM + 16;
  private static final int ENTRIES = FROM + 24;
  private static final int ENTRY = 16 + MAX_NAME;

  private Intent() {}

  static void write(Ring ring, Batch batch) {
    ByteBuffer bytes = ring.bytes();
    Ring.LONGS.setRelease(bytes, FROM, -1L);
    java.lang.invoke.VarHandle.releaseFence();
    List<Batch.Part> parts = batch.parts();
    for (int i = 0; i < parts.size(); i++) {
      Batch.Part part = parts.get(i);
      int at = ENTRIES + i * ENTRY;
      byte[] name = part.name.getBytes(StandardCharsets.US_ASCII);
      bytes.putLong(at, part.sizeBefore);
      bytes.putInt(at + 8, name.length);
      bytes.put(at + 16, name);
    }
    bytes.putInt(COUNT, parts.size());
    bytes.putLong(TO, batch.to());
    Ring.LONGS.setRelease(bytes, FROM, batch.from());
  }

  /** The position up to which a write had been begun, or -1 when none was under way. */
  static long end(Ring ring) {
    long consumed = ring.consumed();
    ByteBuffer bytes = ring.bytes();
    long to = bytes.getLong(TO);
    boolean counts =
        bytes.getLong(FROM) == consumed
            && to > consumed
            && to <= ring.tail()
            && bytes.getInt(COUNT) <= Batch.MAX_PARTS;
    return counts ? to : -1;
  }

  /**
   * Up to where the owner of the ring had filled it with zeros for sure: it may have been ended
   * between noting what the journals have, and clearing that.
   */
  static long cleared(Ring ring) {
    long consumed = ring.consumed();
    ByteBuffer bytes = ring.bytes();
    long from = bytes.getLong(FROM);
    boolean counts =
        bytes.getLong(TO) == consumed
            && from >= 0
            && from <= consumed
            && consumed - from <= ring.capacity()
            && from % Long.BYTES == 0;
    return counts ? from : consumed;
  }

  /** Gives each part of a batch that was collected again the length its journal had. */
  static void read(Ring ring, Batch batch) {
    ByteBuffer bytes = ring.bytes();
    for (int i = 0; i < bytes.getInt(COUNT); i++) {
      int at = ENTRIES + i * ENTRY;
      byte[] name = new byte[Math.min(Math.max(bytes.getInt(at + 8), 0), MAX_NAME)];
      bytes.get(at + 16, name);
      String text = new String(name, StandardCharsets.US_ASCII);
      for (Batch.Part part : batch.parts()) {
        if (part.name.equals(text)) {
          part.sizeBefore = bytes.getLong(at);
        }
      }
    }
  }
}
