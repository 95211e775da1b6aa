package dev.flightlog.store;

import dev.flightlog.event.Field;
import org.jspecify.annotations.Nullable;

/**
 * What is worked out for each group.
 *
 * @param of what is measured; null only for a COUNT of events
 * @param rank which percentile, 0 to 1; 0 for other kinds
 * @param where only these of the group's events are looked at
 */
public record Measure(Kind kind, @Nullable Attribute of, double rank, Filter where) {

  /** All but COUNT and DISTINCT are null for a group in which no event has a value. */
  public enum Kind {
    /** Events, or events that have the attribute. A Long. */
    COUNT,
    /** How many different texts, numbers left out. A Long. */
    DISTINCT,
    /**
     * Of numbers. A Long for a whole field, or a Double when it is beyond what a Long can tell;
     * else a Double summed exactly to nine decimals.
     */
    SUM,
    /** Of numbers. A Long for a whole field and for the time, else a Double. */
    MIN,
    /** Of numbers. A Long for a whole field and for the time, else a Double. */
    MAX,
    /** SUM divided by the COUNT of values. A Double. */
    AVERAGE,
    /** A number whose rank among all is the one asked for, within 0.01. A Double. */
    PERCENTILE
  }

  public Measure {
    if (of == null && kind != Kind.COUNT) {
      throw new IllegalArgumentException(kind + " of what?");
    }
    if (!(rank >= 0 && rank <= 1)) {
      throw new IllegalArgumentException("a rank is from 0 to 1, not " + rank);
    }
    boolean time = of instanceof Attribute.Column(Field field) && field.kind() == Field.Kind.TIME;
    if (time && (kind == Kind.SUM || kind == Kind.AVERAGE || kind == Kind.PERCENTILE)) {
      throw new IllegalArgumentException("of points in time there is only MIN and MAX");
    }
  }

  /** How many events. */
  public static Measure count() {
    return new Measure(Kind.COUNT, null, 0, Filter.EVERYTHING);
  }

  /** How many events with this property. */
  public static Measure count(Filter where) {
    return new Measure(Kind.COUNT, null, 0, where);
  }

  /** How many events have a value there: what tells an unknown cost from none. */
  public static Measure countOf(Attribute of) {
    return new Measure(Kind.COUNT, of, 0, Filter.EVERYTHING);
  }

  public static Measure distinct(Attribute of) {
    return new Measure(Kind.DISTINCT, of, 0, Filter.EVERYTHING);
  }

  public static Measure sum(Attribute of) {
    return new Measure(Kind.SUM, of, 0, Filter.EVERYTHING);
  }

  public static Measure min(Attribute of) {
    return new Measure(Kind.MIN, of, 0, Filter.EVERYTHING);
  }

  public static Measure max(Attribute of) {
    return new Measure(Kind.MAX, of, 0, Filter.EVERYTHING);
  }

  public static Measure average(Attribute of) {
    return new Measure(Kind.AVERAGE, of, 0, Filter.EVERYTHING);
  }

  /** The number below which this share of the numbers lies: 0.95 for p95. */
  public static Measure percentile(Attribute of, double rank) {
    return new Measure(Kind.PERCENTILE, of, rank, Filter.EVERYTHING);
  }

  /** The time of the first event, in microseconds since 1970. */
  public static Measure first() {
    return min(Attribute.of(Field.TIMESTAMP));
  }

  /** The time of the last event, in microseconds since 1970. */
  public static Measure last() {
    return max(Attribute.of(Field.TIMESTAMP));
  }

  /** The same over fewer events. */
  public Measure where(Filter only) {
    return new Measure(kind, of, rank, Filter.and(where, only));
  }

  /** True when the answer to SUM, MIN or MAX is a Long. */
  public boolean whole() {
    return of instanceof Attribute.Column(Field field)
        && (field.kind() == Field.Kind.INTEGER || field.kind() == Field.Kind.TIME);
  }
}
