package dev.flightlog.stores.sqlite.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the words of a segment, told in order, into chunks.
 *
 * <pre>
 *   a word     bytes shared with the one before, length of the rest, the rest, form, ranks
 *   form       0: all rows have it; else twice the length of the ranks in bytes, plus 1 for bits
 *   ranks      their differences; or a bit a rank
 * </pre>
 */
final class SegmentWriter {
  /** Half a page of the file. */
  private static final int CHUNK = 4000;

  private final int rows;
  private final Bytes chunk = new Bytes();
  private final Bytes starts = new Bytes();
  private final Bytes differences = new Bytes();
  private final List<byte[]> chunks = new ArrayList<>();
  private byte[] before = {};
  private byte[] lastStart = {};

  SegmentWriter(int rows) {
    this.rows = rows;
  }

  /** The next word and the ranks that have it, at least one. */
  void word(byte[] bytes, int from, int to, int[] ranks, int first, int end) {
    if (first == end) {
      return;
    }
    if (chunk.size() >= CHUNK) {
      endChunk();
    }
    if (chunk.size() == 0) {
      lastStart = front(starts, lastStart, bytes, from, to);
      before = new byte[0];
    }
    before = front(chunk, before, bytes, from, to);
    if (end - first == rows) {
      chunk.number(0);
      return;
    }
    int bits = (rows + 7) / 8;
    if (end - first < bits) {
      differences.clear();
      for (int i = first; i < end; i++) {
        differences.number(i == first ? ranks[i] : ranks[i] - ranks[i - 1] - 1);
      }
      if (differences.size() <= bits) {
        chunk.number(2L * differences.size());
        chunk.all(differences.array(), 0, differences.size());
        return;
      }
    }
    byte[] set = new byte[bits];
    for (int i = first; i < end; i++) {
      set[ranks[i] >> 3] |= (byte) (1 << (ranks[i] & 7));
    }
    chunk.number(2L * bits + 1);
    chunk.all(set, 0, bits);
  }

  private static byte[] front(Bytes out, byte[] before, byte[] bytes, int from, int to) {
    int shared = Arrays.mismatch(before, 0, before.length, bytes, from, to);
    shared = shared < 0 ? before.length : shared;
    out.number(shared);
    out.number(to - from - shared);
    out.all(bytes, from + shared, to);
    return Arrays.copyOfRange(bytes, from, to);
  }

  private void endChunk() {
    if (chunk.size() > 0) {
      chunks.add(chunk.copy());
      chunk.clear();
    }
  }

  /** The segment, of the rows by rank. */
  Segment finish(long[] ids, long[] times) {
    endChunk();
    Bytes numbers = new Bytes();
    boolean inRow = true;
    long first = ids[0];
    long last = ids[0];
    for (int rank = 0; rank < ids.length; rank++) {
      long difference = rank == 0 ? ids[0] : ids[rank] - ids[rank - 1];
      numbers.number(difference << 1 ^ difference >> 63);
      inRow &= rank == 0 || difference == 1;
      first = Math.min(first, ids[rank]);
      last = Math.max(last, ids[rank]);
    }
    Bytes samples = new Bytes();
    for (int rank = 0; rank < times.length; rank += Segment.STEP) {
      samples.number(rank == 0 ? times[0] : times[rank] - times[rank - Segment.STEP]);
    }
    return new Segment(
        ids.length,
        first,
        last,
        times[0],
        times[times.length - 1],
        inRow ? new byte[0] : numbers.copy(),
        samples.copy(),
        starts.copy(),
        List.copyOf(chunks));
  }
}
