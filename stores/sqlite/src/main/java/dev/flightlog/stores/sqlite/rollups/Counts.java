package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.store.ExactSum;
import dev.flightlog.store.WholeSum;

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

  /** What of the sum is beyond 64 bits: see {@link WholeSum}. */
  final long[] high = new long[NUMBERS];

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

  private void addTo(int i, long highPart, long lowPart) {
    long sum = whole[i] + lowPart;
    high[i] += highPart + WholeSum.carry(whole[i], lowPart, sum);
    whole[i] = sum;
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
      addTo(i, other.high[i], other.whole[i]);
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
  public void write(PackedBytes out) {
    out.whole(events);
    out.signed(first);
    out.whole(last - first);
    long there = 0;
    for (int i = 0; i < NUMBERS; i++) {
      there |= bit(count[i] > 0, i) | bit(odd[i] > 0, i + NUMBERS);
      there |= bit(count[i] > 0 && high[i] != 0, i + 2 * NUMBERS);
    }
    out.whole(there);
    for (int i = 0; i < NUMBERS; i++) {
      if (count[i] > 0) {
        out.whole(count[i]);
        out.signed(whole[i]);
        if (high[i] != 0) {
          out.signed(high[i]);
        }
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

  private static long bit(boolean set, int place) {
    return set ? 1L << place : 0;
  }

  private static boolean isSet(long bits, int place) {
    return (bits >> place & 1) != 0;
  }

  /** Of a number that no event has, only {@code count} and {@code odd} are set. */
  @Override
  public void readOver(PackedBytes in, CubeLayout layout) {
    int numbers = layout.numbers();
    events = in.whole();
    first = in.signed();
    last = first + in.whole();
    long there = in.whole();
    int before = read;
    read = (int) (there | there >> numbers) & (1 << numbers) - 1;
    for (int left = before | read; left != 0; left &= left - 1) {
      int i = Integer.numberOfTrailingZeros(left);
      count[i] = 0;
      if (isSet(there, i)) {
        count[i] = in.whole();
        boolean beyond = isSet(there, i + 2 * numbers);
        if ((wanted >> i & 1) != 0) {
          readNumber(i, beyond, in);
        } else {
          skipNumber(i, beyond, in);
        }
      }
      odd[i] = isSet(there, i + numbers) ? in.whole() : 0;
    }
  }

  private void readNumber(int i, boolean beyond, PackedBytes in) {
    whole[i] = in.signed();
    high[i] = beyond ? in.signed() : 0;
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
  private static void skipNumber(int i, boolean beyond, PackedBytes in) {
    in.skip(beyond ? 1 : 0);
    if (i < Numeric.FIRST_REAL) {
      in.skip(3);
    } else {
      in.skip(2);
      in.real();
      in.real();
    }
  }

  static void skip(PackedBytes in, CubeLayout layout) {
    int numbers = layout.numbers();
    in.skip(3);
    long there = in.whole();
    for (int i = 0; i < numbers; i++) {
      if (isSet(there, i)) {
        in.skip(1);
        skipNumber(i, isSet(there, i + 2 * numbers), in);
      }
      in.skip(isSet(there, i + numbers) ? 1 : 0);
    }
  }
}
