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

  private static final long NANO = 1_000_000_000L;

  private final WholeSum whole = new WholeSum();
  private long nanos;

  public void add(double number) {
    double clamped = clamp(number);
    long part = (long) clamped;
    whole.add(part);
    nanos += nanosOf(clamped - part);
  }

  /** Adds a sum that was worked out elsewhere, its whole part in the two parts of a WholeSum. */
  public void add(long highPart, long lowPart, long billionths) {
    whole.add(highPart, lowPart);
    nanos += billionths;
  }

  public WholeSum wholePart() {
    return whole;
  }

  public long nanoPart() {
    return nanos;
  }

  public double value() {
    WholeSum all = new WholeSum();
    all.add(whole.highPart(), whole.lowPart());
    all.add(Math.floorDiv(nanos, NANO));
    return all.real() + Math.floorMod(nanos, NANO) / NANOS;
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
