package dev.flightlog.stores.clickhouse.sql;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.rows.HotDetail;
import java.util.Objects;

/**
 * Measures over cells, which are sums of events, and over the sessions of cells: {@code n_}
 * numbers, {@code p_} values of any kind, {@code w_} and {@code f_} the sums of whole parts and of
 * billionths, {@code least_} and {@code most_}. They answer in the form that {@link
 * AggregateSql#read} reads.
 */
public final class SumSql {
  private SumSql() {}

  /** The name of an attribute in the names of columns. */
  public static String name(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Column(Field field) -> EventRow.column(field);
      case Attribute.Detail(String key) -> "d_" + key;
    };
  }

  public static boolean isWhole(Attribute number) {
    return number instanceof Attribute.Column(Field field)
        && (field.kind() == Field.Kind.INTEGER || field.kind() == Field.Kind.TIME);
  }

  /** What is added to the sum of whole parts. */
  public static String wholePart(Attribute number, String column) {
    String given = "ifNull(" + column + ", 0)";
    return isWhole(number)
        ? "toInt128(" + given + ")"
        : "toInt128(toInt64(trunc(" + clamped(given) + ")))";
  }

  /** What is added to the sum of billionths. */
  public static String nanoPart(Attribute number, String column) {
    if (isWhole(number)) {
      return "toInt128(0)";
    }
    String clamped = clamped("ifNull(" + column + ", 0)");
    String scaled = "(((" + clamped + ") - trunc(" + clamped + ")) * 1e9)";
    return "toInt128(toInt64(trunc(" + scaled + " + if(" + scaled + " < 0, -0.5, 0.5))))";
  }

  private static String clamped(String given) {
    return "if(isNaN(" + given + "), 0., least(greatest(" + given + ", -1e12), 1e12))";
  }

  /** A measure that sums answer, but no percentile. */
  static String measured(Measure measure) {
    Filter where = measure.where();
    String only =
        where instanceof Filter.Everything ? "1" : "ifNull(" + FilterSql.sql(where) + ", 0)";
    Attribute of = measure.of();
    if (of == null) {
      return "sumIf(events, " + only + ")";
    }
    String name = name(of);
    return switch (measure.kind()) {
      case COUNT ->
          isNumber(of)
              ? "sumIf(p_" + name + ", " + only + ")"
              : "sumIf(events, " + only + " AND " + AttributeSql.isIn(of) + ")";
      case DISTINCT -> "uniqExactArrayIf(sessions, " + only + ")";
      case SUM, AVERAGE -> {
        String sums = "sumIf(n_" + name + ", " + only + "), sumIf(w_" + name + ", " + only + ")";
        yield measure.whole() ? sums : sums + ", sumIf(f_" + name + ", " + only + ")";
      }
      case MIN -> extreme("min", "least_", "first_", of, only);
      case MAX -> extreme("max", "most_", "last_", of, only);
      case PERCENTILE -> throw new IllegalArgumentException("ranks are not sums");
    };
  }

  private static String extreme(
      String function, String ofNumber, String ofTime, Attribute of, String only) {
    boolean time = of.equals(Attribute.of(Field.TIMESTAMP));
    String column = time ? "CAST(" + ofTime + "micros AS Nullable(Int64))" : ofNumber + name(of);
    return function + "If(" + column + ", " + only + ")";
  }

  /** A percentile, over how often each number occurred. */
  static String ranked(Measure measure) {
    Filter where = measure.where();
    String only =
        where instanceof Filter.Everything ? "1" : "ifNull(" + FilterSql.sql(where) + ", 0)";
    String number = name(Objects.requireNonNull(measure.of()));
    return "quantileExactWeightedIf("
        + measure.rank()
        + ")(CAST("
        + number
        + " AS Nullable(Float64)), occurred, "
        + only
        + ")";
  }

  private static boolean isNumber(Attribute attribute) {
    if (attribute instanceof Attribute.Column(Field field)) {
      return switch (field.kind()) {
        case INTEGER, REAL -> true;
        case TEXT, JSON, TIME, BOOLEAN -> false;
      };
    }
    return attribute instanceof Attribute.Detail detail
        && HotDetail.of(detail) instanceof HotDetail hot
        && !hot.isText();
  }
}
