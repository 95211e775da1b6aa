package dev.flightlog.stores.sqlite.rollups;

import java.util.Arrays;

/**
 * Numbers with weights, of which one of a given rank is wanted: the sketches of many cells and
 * single events put together. Nothing is sorted but the one small range of numbers that holds the
 * rank; the ranges are those of equal leading bits.
 */
final class Ranks {
  private static final int RANGES = 1 << 15;

  /** So many numbers are sorted as they are. */
  private static final int FEW = 512;

  private double[] numbers = new double[64];
  private byte[] levels = new byte[64];
  private int size;
  private long total;

  void add(double number) {
    put(number, 0);
  }

  void add(Sketch sketch) {
    for (int level = 0; level < sketch.levels(); level++) {
      long[] own = sketch.numbers(level);
      for (int i = 0; i < sketch.size(level); i++) {
        put(own[i], level);
      }
    }
  }

  void add(Ranks other) {
    for (int i = 0; i < other.size; i++) {
      put(other.numbers[i], other.levels[i]);
    }
  }

  private void put(double number, int level) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
      levels = Arrays.copyOf(levels, size * 2);
    }
    numbers[size] = number;
    levels[size++] = (byte) level;
    total += 1L << level;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The smallest number such that at least this share of the weight is not larger. */
  double at(double rank) {
    long wanted = Math.max(1, (long) Math.ceil(rank * total));
    if (size < FEW) {
      return among(size, wanted, numbers, levels);
    }
    long[] weights = new long[RANGES];
    for (int i = 0; i < size; i++) {
      weights[range(numbers[i])] += 1L << levels[i];
    }
    int range = 0;
    while (wanted > weights[range]) {
      wanted -= weights[range++];
    }
    double[] inside = new double[64];
    byte[] insideLevels = new byte[64];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (range(numbers[i]) == range) {
        if (count == inside.length) {
          inside = Arrays.copyOf(inside, count * 2);
          insideLevels = Arrays.copyOf(insideLevels, count * 2);
        }
        inside[count] = numbers[i];
        insideLevels[count++] = levels[i];
      }
    }
    return among(count, wanted, inside, insideLevels);
  }

  private static double among(int count, long wanted, double[] numbers, byte[] levels) {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(numbers[a], numbers[b]));
    long left = wanted;
    for (int i : order) {
      left -= 1L << levels[i];
      if (left <= 0) {
        return numbers[i];
      }
    }
    return numbers[order[count - 1]];
  }

  /** Grows with the number: the sign, the exponent and the first bits of the fraction. */
  private static int range(double number) {
    long bits = Double.doubleToLongBits(number + 0.0);
    long ordered = bits ^ (bits >> 63 | Long.MIN_VALUE);
    return (int) (ordered >>> 49);
  }
}
