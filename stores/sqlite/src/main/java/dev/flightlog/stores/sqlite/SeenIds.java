package dev.flightlog.stores.sqlite;

/**
 * Which ids a first load has met, by 64 bits of their hash: a new one is known to be new without
 * looking into the file. Two ids with one hash are harmless, they only end the load's quick way; of
 * ten million ids that happens once in 400,000 loads. Not safe for several threads.
 */
final class SeenIds {
  /** A sixteenth of the heap, and no more than 256 MiB. */
  private static final long MOST =
      Math.min(1 << 25, Math.max(1 << 16, Runtime.getRuntime().maxMemory() / 16 / Long.BYTES));

  private long[] slots = new long[1 << 13];
  private int size;

  /**
   * Adds the ids of a batch.
   *
   * @return false when one may have been met before, or there are too many; then this is of no more
   *     use
   */
  boolean addAll(BatchIds ids, int rows) {
    if ((size + (long) rows) * 2 > slots.length && !grow(rows)) {
      return false;
    }
    for (int row = 0; row < rows; row++) {
      if (!add(ids.hash(row))) {
        return false;
      }
    }
    size += rows;
    return true;
  }

  private boolean add(long hash) {
    long known = hash == 0 ? 1 : hash;
    int mask = slots.length - 1;
    int slot = (int) (known >>> 32) & mask;
    for (; slots[slot] != 0; slot = (slot + 1) & mask) {
      if (slots[slot] == known) {
        return false;
      }
    }
    slots[slot] = known;
    return true;
  }

  private boolean grow(int rows) {
    long length = slots.length;
    while ((size + (long) rows) * 2 > length) {
      length *= 2;
    }
    if (length > MOST) {
      return false;
    }
    long[] before = slots;
    slots = new long[(int) length];
    for (long hash : before) {
      if (hash != 0) {
        add(hash);
      }
    }
    return true;
  }
}
