package dev.flightlog.store;

import dev.flightlog.event.Event;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One measure of one group, event by event: what the measure means. It keeps every number for a
 * percentile and every text for a distinct count; not safe for several threads.
 */
public final class Tally {
  private final Measure measure;
  private final ExactSum sum = new ExactSum();
  private final Set<String> texts = new HashSet<>();
  private double[] numbers = new double[0];
  private long count;
  private final WholeSum wholeSum = new WholeSum();
  private @Nullable Number least;
  private @Nullable Number most;

  public Tally(Measure measure) {
    this.measure = measure;
  }

  /** Takes an event of the group into account. */
  public void add(Event event) {
    Attribute of = measure.of();
    if (!measure.where().matches(event)) {
      return;
    }
    if (of == null || measure.kind() == Measure.Kind.COUNT) {
      count += of == null || of.isIn(event) ? 1 : 0;
    } else if (measure.kind() == Measure.Kind.DISTINCT) {
      String text = of.text(event);
      if (text != null) {
        texts.add(text);
      }
    } else {
      Number number = of.number(event);
      if (number != null) {
        take(measure.whole() ? number : (Number) number.doubleValue());
      }
    }
  }

  private void take(Number number) {
    count++;
    if (number instanceof Long whole) {
      wholeSum.add(whole);
    } else {
      sum.add(number.doubleValue());
    }
    least = least == null || compare(number, least) < 0 ? number : least;
    most = most == null || compare(number, most) > 0 ? number : most;
    if (measure.kind() == Measure.Kind.PERCENTILE) {
      if (count > numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(16, numbers.length * 2));
      }
      numbers[(int) count - 1] = number.doubleValue();
    }
  }

  private static int compare(Number a, Number b) {
    return a instanceof Long x && b instanceof Long y
        ? x.compareTo(y)
        : Double.compare(a.doubleValue(), b.doubleValue());
  }

  /** The measure as it is now. */
  public @Nullable Number value() {
    return switch (measure.kind()) {
      case COUNT -> count;
      case DISTINCT -> (long) texts.size();
      case SUM -> count == 0 ? null : measure.whole() ? wholeSum.value() : (Number) sum.value();
      case MIN -> least;
      case MAX -> most;
      case AVERAGE -> count == 0 ? null : (measure.whole() ? wholeSum.real() : sum.value()) / count;
      case PERCENTILE -> count == 0 ? null : (Number) percentile();
    };
  }

  /** The smallest number such that at least this share of all is not larger (nearest rank). */
  private double percentile() {
    double[] sorted = Arrays.copyOf(numbers, (int) count);
    Arrays.sort(sorted);
    return sorted[(int) Math.max(0, Math.ceil(measure.rank() * count) - 1)];
  }
}
