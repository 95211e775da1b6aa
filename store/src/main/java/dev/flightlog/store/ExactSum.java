package dev.flightlog.store;

/**
 * A sum that does not depend on the order of its parts: each number is taken as a whole part and
 * billionths, both counted in whole numbers. So money and shares add up to the same on every store.
 * A number beyond 10^12 counts as 10^12. Not safe for several threads.
 */
public final class ExactSum {
  /** The billionths of one. */
  public static final double NANOS = 1e9;

  /** The largest number that is added as it is. */
  public static final double LARGEST = 1e12;

  private long whole;
  private long nanos;

  public void add(double number) {
    double clamped = clamp(number);
    long part = (long) clamped;
    whole += part;
    nanos += nanosOf(clamped - part);
  }

  /** Adds a sum that was worked out elsewhere. */
  public void add(long wholes, long billionths) {
    whole += wholes;
    nanos += billionths;
  }

  public long wholePart() {
    return whole;
  }

  public long nanoPart() {
    return nanos;
  }

  public double value() {
    return Math.addExact(whole, Math.floorDiv(nanos, 1_000_000_000L))
        + Math.floorMod(nanos, 1_000_000_000L) / NANOS;
  }

  /** Not a number is nothing. */
  public static double clamp(double number) {
    return Double.isNaN(number) ? 0 : Math.min(Math.max(number, -LARGEST), LARGEST);
  }

  /** The billionths of a fraction, halves away from zero. */
  public static long nanosOf(double fraction) {
    double scaled = fraction * NANOS;
    return (long) (scaled + (scaled < 0 ? -0.5 : 0.5));
  }
}
