package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;

/**
 * Two equal periods, of which the later ends with the hour of the newest event: the last seven days
 * and the seven before, four weeks each, or the two halves of fewer days. Whole hours where there
 * are enough, so that sums kept by the hour answer it.
 *
 * @param begin of the hour of the first event, in microseconds since 1970
 * @param end of the hour of the last event
 * @param length of each period, in microseconds; 0 when there are too few hours to compare
 */
public record Trend(long begin, long end, long length) {
  private static final long SHORT = 7 * Timestamps.DAY;
  private static final long LONG = 28 * Timestamps.DAY;

  public static Trend of(Selection selection) {
    long hour = Span.HOUR.micros();
    long begin = Span.HOUR.startOf(selection.first());
    long end = Span.HOUR.startOf(selection.last()) + hour;
    if (selection.events() < 2 || selection.first() == selection.last()) {
      return new Trend(begin, end, 0);
    } else if (end - begin >= 4 * hour) {
      return new Trend(begin, end, Math.min(SHORT, half(begin, end)));
    }
    return new Trend(begin, end, 0);
  }

  private static long half(long begin, long end) {
    long hour = Span.HOUR.micros();
    return (end - begin) / hour / 2 * hour;
  }

  /** True while the data hold longer periods. */
  public boolean canBeLonger() {
    return length >= SHORT && length < Math.min(LONG, half(begin, end));
  }

  /** The next longer periods. */
  public Trend longer() {
    long half = half(begin, end);
    return new Trend(begin, end, length < LONG ? Math.min(LONG, half) : half);
  }

  /** False when there is too little to compare. */
  public boolean isKnown() {
    return length > 0;
  }

  public Filter recent() {
    return isKnown() ? new Filter.Time(end - length, end) : Filter.NOTHING;
  }

  public Filter before() {
    return isKnown() ? new Filter.Time(end - 2 * length, end - length) : Filter.NOTHING;
  }

  /** The length as it is said: {@code 7d}. */
  public String period() {
    return Units.span(length);
  }
}
