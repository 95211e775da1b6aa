package dev.flightlog.store;

/**
 * A sum of whole numbers that never wraps: it is counted in 128 bits. Not safe for several threads.
 */
public final class WholeSum {
  private static final double BEYOND = 0x1p64;

  private long low;
  private long high;

  public void add(long number) {
    add(0, number);
  }

  /** Adds a sum that was worked out elsewhere. */
  public void add(long highPart, long lowPart) {
    long sum = low + lowPart;
    high += highPart + carry(low, lowPart, sum);
    low = sum;
  }

  /** How often a sum of two numbers left the range of 64 bits: once upwards, once down, or not. */
  public static long carry(long a, long b, long sum) {
    return ((a ^ sum) & (b ^ sum)) < 0 ? a < 0 ? -1 : 1 : 0;
  }

  /** The number of times that 2^64 is in the sum, besides {@link #lowPart}. */
  public long highPart() {
    return high;
  }

  public long lowPart() {
    return low;
  }

  /** The sum, rounded to what a double can tell. */
  public double real() {
    return high == 0 ? low : low + high * BEYOND;
  }

  /** The sum: a Long, or a Double when it is beyond what a Long can tell. */
  public Number value() {
    return high == 0 ? (Number) low : (Number) real();
  }
}
