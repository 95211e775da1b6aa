package dev.flightlog.stores.sqlite;

import dev.flightlog.store.ExactSum;

/**
 * How many events, from when to when, and of each {@link Numeric}: how many have it, its sum, least
 * and most. Whole numbers are kept as such; sums of real ones in the parts of {@link ExactSum}.
 */
final class Counts implements Summary<Counts> {
  private static final int NUMBERS = Numeric.ALL.length;

  long events;
  long first = Long.MAX_VALUE;
  long last = Long.MIN_VALUE;
  final long[] count = new long[NUMBERS];
  final long[] whole = new long[NUMBERS];
  final long[] nanos = new long[NUMBERS];
  final double[] least = new double[NUMBERS];
  final double[] most = new double[NUMBERS];
  final long[] leastWhole = new long[Numeric.FIRST_REAL];
  final long[] mostWhole = new long[Numeric.FIRST_REAL];

  /** Events that have something else than a number there. */
  final long[] odd = new long[NUMBERS];

  private final int wanted;

  /** The numbers that the last reading may have left here, a bit each. */
  private int read;

  Counts() {
    this(~0);
  }

  /**
   * For questions.
   *
   * @param wanted the numbers that are read, a bit each; of others only how many there are
   */
  Counts(int wanted) {
    this.wanted = wanted;
  }

  void event(long micros) {
    events++;
    first = Math.min(first, micros);
    last = Math.max(last, micros);
  }

  void wholeNumber(int i, long number) {
    boolean none = count[i]++ == 0;
    whole[i] += number;
    leastWhole[i] = none ? number : Math.min(leastWhole[i], number);
    mostWhole[i] = none ? number : Math.max(mostWhole[i], number);
  }

  void realNumber(int i, double number) {
    boolean none = count[i]++ == 0;
    double clamped = ExactSum.clamp(number);
    long part = (long) clamped;
    whole[i] += part;
    nanos[i] += ExactSum.nanosOf(clamped - part);
    least[i] = none ? number : Math.min(least[i], number);
    most[i] = none ? number : Math.max(most[i], number);
  }

  @Override
  public void add(Counts other) {
    events += other.events;
    first = Math.min(first, other.first);
    last = Math.max(last, other.last);
    for (int i = 0; i < NUMBERS; i++) {
      odd[i] += other.odd[i];
      if (other.count[i] == 0) {
        continue;
      }
      boolean none = count[i] == 0;
      count[i] += other.count[i];
      whole[i] += other.whole[i];
      nanos[i] += other.nanos[i];
      if (i < Numeric.FIRST_REAL) {
        leastWhole[i] = none ? other.leastWhole[i] : Math.min(leastWhole[i], other.leastWhole[i]);
        mostWhole[i] = none ? other.mostWhole[i] : Math.max(mostWhole[i], other.mostWhole[i]);
      } else {
        least[i] = none ? other.least[i] : Math.min(least[i], other.least[i]);
        most[i] = none ? other.most[i] : Math.max(most[i], other.most[i]);
      }
    }
  }

  @Override
  public void write(Packed out) {
    out.whole(events);
    out.signed(first);
    out.whole(last - first);
    int there = 0;
    for (int i = 0; i < NUMBERS; i++) {
      there |= (count[i] > 0 ? 1 : 0) << i | (odd[i] > 0 ? 1 : 0) << i + NUMBERS;
    }
    out.whole(there);
    for (int i = 0; i < NUMBERS; i++) {
      if (count[i] > 0) {
        out.whole(count[i]);
        out.signed(whole[i]);
        if (i < Numeric.FIRST_REAL) {
          out.signed(leastWhole[i]);
          out.signed(mostWhole[i]);
        } else {
          out.signed(nanos[i]);
          out.real(least[i]);
          out.real(most[i]);
        }
      }
      if (odd[i] > 0) {
        out.whole(odd[i]);
      }
    }
  }

  /** Of a number that no event has, only {@code count} and {@code odd} are set. */
  @Override
  public void readOver(Packed in) {
    events = in.whole();
    first = in.signed();
    last = first + in.whole();
    int there = in.size();
    int before = read;
    read = (there | there >> NUMBERS) & (1 << NUMBERS) - 1;
    for (int left = before | read; left != 0; left &= left - 1) {
      int i = Integer.numberOfTrailingZeros(left);
      count[i] = 0;
      if ((there >> i & 1) != 0) {
        count[i] = in.whole();
        if ((wanted >> i & 1) != 0) {
          readNumber(i, in);
        } else {
          skipNumber(i, in);
        }
      }
      odd[i] = (there >> i + NUMBERS & 1) != 0 ? in.whole() : 0;
    }
  }

  private void readNumber(int i, Packed in) {
    whole[i] = in.signed();
    if (i < Numeric.FIRST_REAL) {
      leastWhole[i] = in.signed();
      mostWhole[i] = in.signed();
    } else {
      nanos[i] = in.signed();
      least[i] = in.real();
      most[i] = in.real();
    }
  }

  /** All of a number but its count. */
  private static void skipNumber(int i, Packed in) {
    if (i < Numeric.FIRST_REAL) {
      in.skip(3);
    } else {
      in.skip(2);
      in.real();
      in.real();
    }
  }

  static void skip(Packed in) {
    in.skip(3);
    int there = in.size();
    for (int i = 0; i < NUMBERS; i++) {
      if ((there >> i & 1) != 0) {
        in.skip(1);
        skipNumber(i, in);
      }
      in.skip(there >> i + NUMBERS & 1);
    }
  }
}
