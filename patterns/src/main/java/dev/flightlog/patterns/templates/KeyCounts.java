package dev.flightlog.patterns.templates;

/** How often each 64-bit key was added; keys are taken to be well mixed. */
final class KeyCounts {
  private long[] keys;
  private int[] counts;
  private int size;

  KeyCounts(int expected) {
    int capacity = Math.max(64, 2 * Integer.highestOneBit(Math.max(1, expected)));
    keys = new long[capacity];
    counts = new int[capacity];
  }

  void add(long key) {
    int at = at(key);
    if (counts[at]++ == 0) {
      keys[at] = key;
      if (2 * ++size > keys.length) {
        grow();
      }
    }
  }

  int count(long key) {
    return counts[at(key)];
  }

  private int at(long key) {
    int mask = keys.length - 1;
    int at = (int) (key ^ (key >>> 32)) & mask;
    while (counts[at] != 0 && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new int[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] > 0) {
        int at = at(oldKeys[i]);
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
      }
    }
  }
}
