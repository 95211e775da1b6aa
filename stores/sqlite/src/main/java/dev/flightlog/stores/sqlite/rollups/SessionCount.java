package dev.flightlog.stores.sqlite.rollups;

import java.util.Arrays;

/** How many different sessions there were, told by their numbers. Not safe for several threads. */
final class SessionCount {
  private long[] bits = new long[16];

  /**
   * Counts a session, once however often it comes.
   *
   * @param number from 1; 0 is none
   */
  void add(int number) {
    if (number > 0) {
      reach(number);
      bits[number >> 6] |= 1L << number;
    }
  }

  void add(SessionSet set) {
    int size = set.size();
    if (size == 0) {
      return;
    }
    int[] numbers = set.numbers();
    reach(numbers[size - 1]);
    long[] own = bits;
    for (int i = 0; i < size; i++) {
      own[numbers[i] >> 6] |= 1L << numbers[i];
    }
  }

  void add(SessionCount other) {
    if (other.bits.length > bits.length) {
      bits = Arrays.copyOf(bits, other.bits.length);
    }
    for (int i = 0; i < other.bits.length; i++) {
      bits[i] |= other.bits[i];
    }
  }

  private void reach(int number) {
    int word = number >> 6;
    if (word >= bits.length) {
      bits = Arrays.copyOf(bits, Math.max(word + 1, bits.length * 2));
    }
  }

  long count() {
    long count = 0;
    for (long word : bits) {
      count += Long.bitCount(word);
    }
    return count;
  }
}
