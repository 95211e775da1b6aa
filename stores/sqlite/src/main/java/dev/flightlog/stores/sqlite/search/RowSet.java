package dev.flightlog.stores.sqlite.search;

/** Ranks of one segment, a bit each. Not safe for several threads. */
final class RowSet {
  private final long[] bits;
  private final int rows;

  RowSet(int rows) {
    this.rows = rows;
    this.bits = new long[(rows + 63) / 64];
  }

  void add(int rank) {
    bits[rank >> 6] |= 1L << rank;
  }

  /** Adds the ranks of this range. */
  void addAll(int from, int to) {
    for (int rank = from; rank < to; ) {
      if ((rank & 63) == 0 && rank + 64 <= to) {
        bits[rank >> 6] = -1L;
        rank += 64;
      } else {
        add(rank++);
      }
    }
  }

  void addAll(RowSet other) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] |= other.bits[i];
    }
  }

  void keepAll(RowSet other) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] &= other.bits[i];
    }
  }

  /** Takes out the ranks below the one, and from the other on. */
  void keepRange(int from, int to) {
    RowSet range = new RowSet(rows);
    range.addAll(Math.max(0, from), Math.min(rows, Math.max(0, to)));
    keepAll(range);
  }

  void addBits(byte[] set, int from) {
    for (int i = 0; i < (rows + 7) / 8; i++) {
      bits[i >> 3] |= (set[from + i] & 0xffL) << ((i & 7) << 3);
    }
  }

  boolean isEmpty() {
    for (long some : bits) {
      if (some != 0) {
        return false;
      }
    }
    return true;
  }

  /** The greatest rank below this one; -1 when there is none. */
  int before(int rank) {
    int at = rank - 1;
    if (at < 0) {
      return -1;
    }
    int word = at >> 6;
    long rest = bits[word] & (-1L >>> (63 - (at & 63)));
    while (rest == 0) {
      if (--word < 0) {
        return -1;
      }
      rest = bits[word];
    }
    return (word << 6) + 63 - Long.numberOfLeadingZeros(rest);
  }
}
