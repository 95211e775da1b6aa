package dev.flightlog.stores.sqlite;

/**
 * Which ids a first load has met, by their hash: a new one is known to be new without looking into
 * the file. Few are kept by 64 bits. Of many one half of the hash says where an id is looked for,
 * and the other is kept there, so that a place takes four bytes. Two ids that seem to be one are
 * harmless, they only end the load's quick way; of five million ids that happens once in some 150
 * loads. Not safe for several threads.
 */
final class SeenIds {
  /** Until so many places are needed, whole hashes are kept. */
  private static final int FEW = 1 << 17;

  /** Places in a sixteenth of the heap, and no more than 256 MiB. */
  private static final int MOST =
      (int) Math.min(1 << 26, Math.max(FEW, Runtime.getRuntime().maxMemory() / 16 / Integer.BYTES));

  /** Empty once there are many. */
  private long[] few = new long[1 << 13];

  private int[] many = {};
  private int size;

  /**
   * Adds the ids of a batch.
   *
   * @return false when one may have been met before, or there are too many; then this is of no more
   *     use
   */
  boolean addAll(BatchIds ids, int rows) {
    if (!hasRoom(size + (long) rows)) {
      return false;
    }
    for (int row = 0; row < rows; row++) {
      long hash = ids.hash(row);
      if (!(many.length > 0 ? addToMany(hash) : addToFew(hash))) {
        return false;
      }
    }
    size += rows;
    return true;
  }

  private boolean hasRoom(long wanted) {
    if (many.length > 0) {
      return wanted * 4 <= many.length * 3L;
    }
    if (wanted * 2 <= few.length) {
      return true;
    }
    long[] before = few;
    boolean enough = true;
    long length = Long.highestOneBit(wanted * 2 - 1) * 2;
    if (length <= FEW) {
      few = new long[(int) length];
    } else {
      few = new long[0];
      many = new int[MOST];
      enough = wanted * 4 <= MOST * 3L;
    }
    for (long hash : before) {
      enough &= hash == 0 || (many.length > 0 ? addToMany(hash) : addToFew(hash));
    }
    return enough;
  }

  private boolean addToFew(long hash) {
    long known = hash == 0 ? 1 : hash;
    int mask = few.length - 1;
    int slot = (int) (known >>> 32) & mask;
    for (; few[slot] != 0; slot = (slot + 1) & mask) {
      if (few[slot] == known) {
        return false;
      }
    }
    few[slot] = known;
    return true;
  }

  private boolean addToMany(long hash) {
    int known = (int) hash == 0 ? 1 : (int) hash;
    int slot = (int) ((hash >>> 32) * many.length >>> 32);
    for (; many[slot] != 0; slot = slot + 1 == many.length ? 0 : slot + 1) {
      if (many[slot] == known) {
        return false;
      }
    }
    many[slot] = known;
    return true;
  }
}
