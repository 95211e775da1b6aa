package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.ExactSum;
import dev.flightlog.store.Measure;
import dev.flightlog.store.WholeSum;
import dev.flightlog.stores.sqlite.sql.NumberedFields;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One measure of one group, put together from cells and from rows. */
final class MeasureSum {
  private final Measure measure;
  private final boolean whole;
  private final boolean time;
  private final boolean numbered;
  private final int numeric;
  private final int dimension;
  private long count;
  private final WholeSum wholeSum = new WholeSum();
  private long least = Long.MAX_VALUE;
  private long most = Long.MIN_VALUE;
  private double leastReal = Double.POSITIVE_INFINITY;
  private double mostReal = Double.NEGATIVE_INFINITY;
  private final ExactSum sum = new ExactSum();
  private @Nullable Ranks ranks;

  /** The sum whose ranks these are, too. */
  private @Nullable MeasureSum sharing;

  /** Different sessions, or other texts that have numbers. */
  private @Nullable SessionCount numbers;

  private @Nullable Set<String> texts;

  MeasureSum(Measure measure) {
    this.measure = measure;
    this.whole = measure.whole();
    Attribute of = measure.of();
    this.time = of instanceof Attribute.Column(Field field) && field.kind() == Field.Kind.TIME;
    this.numbered = of != null && NumberedFields.contains(of);
    Numeric known = of == null ? null : Numeric.of(of);
    this.numeric = known == null ? -1 : known.ordinal();
    this.dimension = of == null ? -1 : CubeLayout.DIMENSIONS.indexOf(of);
  }

  /** Another rank of the same numbers looks at those of the other sum. */
  boolean shares(MeasureSum other) {
    boolean same =
        measure.kind() == Measure.Kind.PERCENTILE
            && other.measure.kind() == Measure.Kind.PERCENTILE
            && other.sharing == null
            && Objects.equals(measure.of(), other.measure.of())
            && measure.where().equals(other.measure.where());
    sharing = same ? other : sharing;
    return same;
  }

  /**
   * Takes in a cell whose part fits the measure.
   *
   * @param numbers of its texts; 0 is none. Neither these nor the summary are kept
   */
  void add(int[] numbers, Summary<?> summary) {
    if (summary instanceof Counts counts) {
      addCounts(numbers, counts);
    } else if (summary instanceof Sketch sketch) {
      if (sharing == null) {
        ranks().add(sketch);
      }
    } else if (summary instanceof SessionSet set) {
      numbers().add(set);
    }
  }

  /** Takes in the same measure of the same group, put together elsewhere. */
  void add(MeasureSum other) {
    count += other.count;
    wholeSum.add(other.wholeSum.highPart(), other.wholeSum.lowPart());
    least = Math.min(least, other.least);
    most = Math.max(most, other.most);
    leastReal = Math.min(leastReal, other.leastReal);
    mostReal = Math.max(mostReal, other.mostReal);
    WholeSum others = other.sum.wholePart();
    sum.add(others.highPart(), others.lowPart(), other.sum.nanoPart());
    if (other.ranks != null) {
      ranks().add(other.ranks);
    }
    if (other.numbers != null) {
      numbers().add(other.numbers);
    }
    if (other.texts != null) {
      other.texts.forEach(this::text);
    }
  }

  private void addCounts(int[] numbers, Counts counts) {
    if (measure.kind() == Measure.Kind.COUNT) {
      addCount(numbers, counts);
    } else if (time) {
      count += counts.events;
      least = Math.min(least, counts.first);
      most = Math.max(most, counts.last);
    } else if (numeric >= 0 && counts.count[numeric] > 0) {
      count += counts.count[numeric];
      if (whole) {
        wholeSum.add(counts.high[numeric], counts.whole[numeric]);
        least = Math.min(least, counts.leastWhole[numeric]);
        most = Math.max(most, counts.mostWhole[numeric]);
      } else {
        sum.add(counts.high[numeric], counts.whole[numeric], counts.nanos[numeric]);
        leastReal = Math.min(leastReal, counts.least[numeric]);
        mostReal = Math.max(mostReal, counts.most[numeric]);
      }
    }
  }

  private void addCount(int[] numbers, Counts counts) {
    if (numeric >= 0) {
      count += counts.count[numeric] + counts.odd[numeric];
      return;
    }
    if (dimension < 0 || numbers[dimension] != 0) {
      count += counts.events;
    }
  }

  /** Takes the value of one event, in this column. */
  void add(ResultSet row, int column) throws SQLException {
    switch (measure.kind()) {
      case COUNT -> count += measure.of() == null || row.getObject(column) != null ? 1 : 0;
      case DISTINCT -> {
        if (numbered) {
          numbers().add(row.getInt(column));
        } else {
          text(row.getString(column));
        }
      }
      case SUM, MIN, MAX, AVERAGE, PERCENTILE -> number(row, column);
    }
  }

  private void number(ResultSet row, int column) throws SQLException {
    if (time) {
      long micros = row.getLong(column);
      count++;
      least = Math.min(least, micros);
      most = Math.max(most, micros);
    } else if (whole) {
      long number = row.getLong(column);
      if (number != 0 || !row.wasNull()) {
        count++;
        wholeSum.add(number);
        least = Math.min(least, number);
        most = Math.max(most, number);
        rank(number);
      }
    } else {
      double number = row.getDouble(column);
      if (number != 0 || !row.wasNull()) {
        count++;
        sum.add(number);
        leastReal = Math.min(leastReal, number);
        mostReal = Math.max(mostReal, number);
        rank(number);
      }
    }
  }

  /**
   * Takes what SQLite added up, in the columns from this one on: see {@link RowScan}.
   *
   * @return the column behind them
   */
  int addParts(ResultSet row, int column) throws SQLException {
    long values = row.getLong(column);
    count += values;
    return switch (measure.kind()) {
      case COUNT -> column + 1;
      case MIN, MAX -> {
        if (values > 0) {
          extreme(row, column + 1);
        }
        yield column + 2;
      }
      default -> {
        long first = row.getLong(column + 1);
        long second = row.getLong(column + 2);
        if (whole) {
          // The upper halves of the numbers, and the lower ones.
          wholeSum.add((first >> 32) + (first << 32 < 0 ? 1 : 0), first << 32);
          wholeSum.add(second);
        } else {
          sum.add(0, first, second);
        }
        yield column + 3;
      }
    };
  }

  private void extreme(ResultSet row, int column) throws SQLException {
    if (whole) {
      long number = row.getLong(column);
      least = Math.min(least, number);
      most = Math.max(most, number);
    } else {
      double number = row.getDouble(column);
      leastReal = Math.min(leastReal, number);
      mostReal = Math.max(mostReal, number);
    }
  }

  private void rank(double number) {
    if (measure.kind() == Measure.Kind.PERCENTILE) {
      if (sharing == null) {
        ranks().add(number);
      }
    }
  }

  private SessionCount numbers() {
    SessionCount all = numbers;
    if (all == null) {
      all = new SessionCount();
      numbers = all;
    }
    return all;
  }

  private void text(@Nullable String text) {
    Set<String> all = texts;
    if (all == null) {
      all = new HashSet<>();
      texts = all;
    }
    if (text != null) {
      all.add(text);
    }
  }

  private @Nullable Double rank(@Nullable Ranks all) {
    return all == null || all.isEmpty() ? null : (Double) all.at(measure.rank());
  }

  private Ranks ranks() {
    Ranks all = ranks;
    if (all == null) {
      all = new Ranks();
      ranks = all;
    }
    return all;
  }

  @Nullable Number value() {
    return switch (measure.kind()) {
      case COUNT -> count;
      case DISTINCT -> distinct();
      case SUM -> count == 0 ? null : whole ? wholeSum.value() : (Number) sum.value();
      case MIN -> count == 0 ? null : whole ? (Number) least : (Number) leastReal;
      case MAX -> count == 0 ? null : whole ? (Number) most : (Number) mostReal;
      case AVERAGE ->
          count == 0 ? null : (Number) ((whole ? wholeSum.real() : sum.value()) / count);
      case PERCENTILE -> rank(sharing == null ? ranks : sharing.ranks);
    };
  }

  private long distinct() {
    return (numbers == null ? 0L : numbers.count()) + (texts == null ? 0L : texts.size());
  }
}
