package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.store.ExactSum;
import dev.flightlog.store.WholeSum;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@link Counts} that are added up: a number that no event has takes no room. Most cells of an hour
 * are of one event, with two or three numbers. Not safe for several threads.
 */
final class SparseCounts {
  private static final int NUMBERS = Numeric.ALL.length;

  /** What is known of each number that is there; of real ones, the extremes as bits. */
  private static final int COUNT = 0;

  private static final int WHOLE = 1;
  private static final int HIGH = 2;
  private static final int NANOS = 3;
  private static final int LEAST = 4;
  private static final int MOST = 5;
  private static final int WIDTH = 6;

  private static final long[] NONE = {};

  private long events;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /** Which numbers are there, a bit each. */
  private int there;

  private long[] numbers = NONE;
  private long @Nullable [] odd;

  void event(long micros) {
    events++;
    first = Math.min(first, micros);
    last = Math.max(last, micros);
  }

  void wholeNumber(int i, long number) {
    int at = place(i);
    boolean none = numbers[at + COUNT]++ == 0;
    addTo(at, 0, number);
    numbers[at + LEAST] = none ? number : Math.min(numbers[at + LEAST], number);
    numbers[at + MOST] = none ? number : Math.max(numbers[at + MOST], number);
  }

  void realNumber(int i, double number) {
    int at = place(i);
    boolean none = numbers[at + COUNT]++ == 0;
    double clamped = ExactSum.clamp(number);
    long part = (long) clamped;
    addTo(at, 0, part);
    numbers[at + NANOS] += ExactSum.nanosOf(clamped - part);
    extremes(at, none, number, number);
  }

  /** Counts an event that has something else than a number there. */
  void odd(int i) {
    odds()[i]++;
  }

  private long[] odds() {
    long[] all = odd;
    if (all == null) {
      all = new long[NUMBERS];
      odd = all;
    }
    return all;
  }

  private long oddAt(int i) {
    long[] all = odd;
    return all == null ? 0 : all[i];
  }

  /** Where the number begins, which is there from now on. */
  private int place(int i) {
    int bit = 1 << i;
    int at = Integer.bitCount(there & bit - 1) * WIDTH;
    if ((there & bit) == 0) {
      long[] before = numbers;
      numbers = Arrays.copyOf(before, before.length + WIDTH);
      System.arraycopy(before, at, numbers, at + WIDTH, before.length - at);
      Arrays.fill(numbers, at, at + WIDTH, 0);
      there |= bit;
    }
    return at;
  }

  private void addTo(int at, long highPart, long lowPart) {
    long before = numbers[at + WHOLE];
    long sum = before + lowPart;
    numbers[at + HIGH] += highPart + WholeSum.carry(before, lowPart, sum);
    numbers[at + WHOLE] = sum;
  }

  private void extremes(int at, boolean none, double least, double most) {
    double lower = none ? least : Math.min(Double.longBitsToDouble(numbers[at + LEAST]), least);
    double upper = none ? most : Math.max(Double.longBitsToDouble(numbers[at + MOST]), most);
    numbers[at + LEAST] = Double.doubleToRawLongBits(lower);
    numbers[at + MOST] = Double.doubleToRawLongBits(upper);
  }

  /** Takes in others, which are left as they are. */
  void add(SparseCounts other) {
    if (events == 0 && there == 0) {
      there = other.there;
      numbers = other.numbers.clone();
    } else {
      addNumbers(other);
    }
    events += other.events;
    first = Math.min(first, other.first);
    last = Math.max(last, other.last);
    long[] others = other.odd;
    if (others != null) {
      long[] own = odds();
      for (int i = 0; i < NUMBERS; i++) {
        own[i] += others[i];
      }
    }
  }

  private void addNumbers(SparseCounts other) {
    long[] others = other.numbers;
    int from = 0;
    for (int left = other.there; left != 0; left &= left - 1, from += WIDTH) {
      int i = Integer.numberOfTrailingZeros(left);
      int at = place(i);
      boolean none = numbers[at + COUNT] == 0;
      numbers[at + COUNT] += others[from + COUNT];
      addTo(at, others[from + HIGH], others[from + WHOLE]);
      numbers[at + NANOS] += others[from + NANOS];
      if (i < Numeric.FIRST_REAL) {
        long least = others[from + LEAST];
        long most = others[from + MOST];
        numbers[at + LEAST] = none ? least : Math.min(numbers[at + LEAST], least);
        numbers[at + MOST] = none ? most : Math.max(numbers[at + MOST], most);
      } else {
        extremes(
            at,
            none,
            Double.longBitsToDouble(others[from + LEAST]),
            Double.longBitsToDouble(others[from + MOST]));
      }
    }
  }

  /** Writes what {@link Counts} would write. */
  void write(PackedBytes out) {
    out.whole(events);
    out.signed(first);
    out.whole(last - first);
    long bits = there;
    for (int i = 0; i < NUMBERS && odd != null; i++) {
      bits |= oddAt(i) > 0 ? 1L << i + NUMBERS : 0;
    }
    int from = 0;
    for (int left = there; left != 0; left &= left - 1, from += WIDTH) {
      int i = Integer.numberOfTrailingZeros(left);
      bits |= numbers[from + HIGH] != 0 ? 1L << i + 2 * NUMBERS : 0;
    }
    out.whole(bits);
    from = 0;
    for (int i = 0; i < NUMBERS; i++) {
      if ((there >> i & 1) != 0) {
        writeNumber(i, from, out);
        from += WIDTH;
      }
      if (oddAt(i) > 0) {
        out.whole(oddAt(i));
      }
    }
  }

  private void writeNumber(int i, int from, PackedBytes out) {
    out.whole(numbers[from + COUNT]);
    out.signed(numbers[from + WHOLE]);
    if (numbers[from + HIGH] != 0) {
      out.signed(numbers[from + HIGH]);
    }
    if (i < Numeric.FIRST_REAL) {
      out.signed(numbers[from + LEAST]);
      out.signed(numbers[from + MOST]);
    } else {
      out.signed(numbers[from + NANOS]);
      out.real(Double.longBitsToDouble(numbers[from + LEAST]));
      out.real(Double.longBitsToDouble(numbers[from + MOST]));
    }
  }
}
