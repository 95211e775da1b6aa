package dev.flightlog.stores.sqlite.search;

import java.util.List;

/**
 * Rows and their words, ready to be kept. Rows have ranks, from 0 for the oldest.
 *
 * @param rows how many
 * @param first the least row number
 * @param last the greatest
 * @param since the time of the oldest, in microseconds
 * @param until that of the newest
 * @param ids the row numbers by rank, as differences; empty when each is one more than that before
 * @param times the time of every {@link #STEP}th rank, as differences
 * @param starts the first word of every chunk
 * @param chunks words in order, each with its ranks: see {@link SegmentWriter}
 */
@SuppressWarnings("ArrayRecordComponent")
record Segment(
    int rows,
    long first,
    long last,
    long since,
    long until,
    byte[] ids,
    byte[] times,
    byte[] starts,
    List<byte[]> chunks) {
  static final int STEP = 64;

  /** Bytes it takes, without what the file needs around them. */
  long bytes() {
    long sum = ids.length + times.length + starts.length;
    for (byte[] chunk : chunks) {
      sum += chunk.length;
    }
    return sum;
  }
}
