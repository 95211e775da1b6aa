package dev.flightlog.stores.sqlite.search;

import java.util.function.IntBinaryOperator;

/** Sorts numbers by what they stand for, without making an object of each. */
final class StableSort {
  /** So many are sorted by insertion. */
  private static final int BLOCK = 16;

  private StableSort() {}

  /**
   * Sorts by merging; equal ones stay in their order, and what is in order already costs little.
   *
   * @param compare as a comparator of two numbers
   */
  static void sort(int[] numbers, int from, int to, IntBinaryOperator compare) {
    for (int block = from; block < to; block += BLOCK) {
      insert(numbers, block, Math.min(to, block + BLOCK), compare);
    }
    int[] room = new int[to - from <= BLOCK ? 0 : to - from];
    for (long width = BLOCK; width < to - from; width *= 2) {
      for (long left = from; left + width < to; left += 2 * width) {
        int middle = (int) (left + width);
        merge(numbers, (int) left, middle, (int) Math.min(to, middle + width), room, compare);
      }
    }
  }

  private static void merge(
      int[] numbers, int from, int middle, int to, int[] room, IntBinaryOperator compare) {
    if (compare.applyAsInt(numbers[middle - 1], numbers[middle]) <= 0) {
      return;
    }
    int left = middle - from;
    System.arraycopy(numbers, from, room, 0, left);
    int first = 0;
    int second = middle;
    int at = from;
    while (first < left && second < to) {
      boolean later = compare.applyAsInt(room[first], numbers[second]) > 0;
      numbers[at++] = later ? numbers[second++] : room[first++];
    }
    System.arraycopy(room, first, numbers, at, left - first);
  }

  private static void insert(int[] numbers, int from, int to, IntBinaryOperator compare) {
    for (int i = from + 1; i < to; i++) {
      int number = numbers[i];
      int at = i;
      for (; at > from && compare.applyAsInt(number, numbers[at - 1]) < 0; at--) {
        numbers[at] = numbers[at - 1];
      }
      numbers[at] = number;
    }
  }
}
