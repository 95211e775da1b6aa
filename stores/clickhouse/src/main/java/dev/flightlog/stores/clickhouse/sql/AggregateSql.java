package dev.flightlog.stores.clickhouse.sql;

import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.ExactSum;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.store.WholeSum;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate as SQL, and its rows. Sums are counted in whole numbers of 128 bits, as {@link
 * ExactSum} does, so that they do not depend on the order of events; ranks are exact.
 */
public final class AggregateSql {
  private static final BigInteger NANO = BigInteger.valueOf(1_000_000_000);

  private AggregateSql() {}

  /** Whether ClickHouse can work out all of it. */
  public static boolean isMet(Aggregate aggregate) {
    return FilterSql.isMet(aggregate.filter())
        && aggregate.measures().stream().allMatch(measure -> FilterSql.isMet(measure.where()));
  }

  /** The statement, over this table or subquery of events. */
  public static String of(Aggregate aggregate, String from) {
    String where = "aside = 0 AND " + FilterSql.sql(aggregate.filter());
    return of(aggregate, from, where, AggregateSql::measured);
  }

  /** The same over cells that match already, without percentiles. */
  public static String ofSums(Aggregate aggregate, String from) {
    return of(aggregate, from, "1", SumSql::measured);
  }

  /** The same of percentiles alone, over how often each number occurred. */
  public static String ofRanks(Aggregate aggregate, String from) {
    return of(aggregate, from, "1", SumSql::ranked);
  }

  private static String of(
      Aggregate aggregate, String from, String where, Function<Measure, String> measured) {
    StringBuilder sql = new StringBuilder("SELECT ");
    int dimensions = aggregate.dimensions().size();
    for (int i = 0; i < dimensions; i++) {
      sql.append(key(aggregate.dimensions().get(i))).append(" AS k").append(i).append(", ");
    }
    for (int i = 0; i < aggregate.measures().size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(measured.apply(aggregate.measures().get(i)));
    }
    sql.append(" FROM ").append(from).append(" WHERE ").append(where);
    for (int i = 0; i < dimensions; i++) {
      sql.append(i == 0 ? " GROUP BY " : ", ").append("k").append(i);
    }
    return sql.append(" FORMAT RowBinary").toString();
  }

  private static String key(Dimension dimension) {
    return switch (dimension) {
      case Dimension.BySpan(Dimension.Span span) ->
          "micros - positiveModulo(micros - " + span.first() + ", " + span.micros() + ")";
      case Dimension.ByAttribute(Attribute.Column(Field field)) ->
          switch (field.kind()) {
            case BOOLEAN -> "CAST(" + field.column() + " AS Nullable(UInt8))";
            case INTEGER -> "CAST(" + field.column() + " AS Nullable(Int64))";
            default -> nullableText(EventRow.column(field));
          };
      case Dimension.ByAttribute(Attribute attribute) -> nullableText(AttributeSql.text(attribute));
    };
  }

  private static String nullableText(String sql) {
    return "CAST(" + sql + " AS LowCardinality(Nullable(String)))";
  }

  private static String measured(Measure measure) {
    Filter where = measure.where();
    String only =
        where instanceof Filter.Everything ? "1" : "ifNull(" + FilterSql.sql(where) + ", 0)";
    Attribute of = measure.of();
    if (measure.kind() == Measure.Kind.COUNT) {
      String counted = of == null ? only : only + " AND " + AttributeSql.isIn(of);
      return counted.equals("1") ? "count()" : "countIf(" + counted + ")";
    }
    Attribute attribute = Objects.requireNonNull(of);
    if (measure.kind() == Measure.Kind.DISTINCT) {
      return "uniqExactIf(" + AttributeSql.text(attribute) + ", " + only + ")";
    }
    String type = measure.whole() ? "Int64" : "Float64";
    String number = "CAST(" + AttributeSql.number(attribute) + " AS Nullable(" + type + "))";
    return switch (measure.kind()) {
      case SUM, AVERAGE ->
          measure.whole() ? wholeSum(number, only) : realSum(attribute, number, only);
      case MIN -> "minIf(" + number + ", " + only + ")";
      case MAX -> "maxIf(" + number + ", " + only + ")";
      case PERCENTILE ->
          "quantileExactWeightedIf("
              + measure.rank()
              + ")("
              + "CAST("
              + number
              + " AS Nullable(Float64))"
              + ", 1, "
              + only
              + ")";
      case COUNT, DISTINCT -> throw new IllegalStateException("told above");
    };
  }

  /** How many, and their sum. */
  private static String wholeSum(String number, String only) {
    return "countIf("
        + number
        + ", "
        + only
        + "), sumIf(toInt128(ifNull("
        + number
        + ", 0)), "
        + only
        + ")";
  }

  /** How many, and the sums of their whole parts and of their billionths. */
  private static String realSum(Attribute of, String number, String only) {
    return "countIf("
        + number
        + ", "
        + only
        + "), sumIf("
        + SumSql.wholePart(of, number)
        + ", "
        + only
        + "), sumIf("
        + SumSql.nanoPart(of, number)
        + ", "
        + only
        + ")";
  }

  /** Reads one row of what {@link #of} selects. */
  public static Row read(Aggregate aggregate, RowReader in) {
    List<@Nullable Object> key = new ArrayList<>();
    for (Dimension dimension : aggregate.dimensions()) {
      key.add(key(dimension, in));
    }
    List<@Nullable Number> values = new ArrayList<>();
    for (Measure measure : aggregate.measures()) {
      values.add(value(measure, in));
    }
    return new Row(key, values);
  }

  private static @Nullable Object key(Dimension dimension, RowReader in) {
    if (dimension instanceof Dimension.BySpan) {
      return in.whole();
    }
    if (!in.present()) {
      return null;
    }
    if (dimension instanceof Dimension.ByAttribute(Attribute.Column(Field field))) {
      return switch (field.kind()) {
        case BOOLEAN -> (Object) (in.oneByte() != 0);
        case INTEGER -> in.whole();
        default -> in.text();
      };
    }
    return in.text();
  }

  private static @Nullable Number value(Measure measure, RowReader in) {
    return switch (measure.kind()) {
      case COUNT, DISTINCT -> (Number) in.whole();
      case MIN, MAX -> measure.whole() ? in.wholeOrNull() : (Number) in.realOrNull();
      case PERCENTILE -> in.realOrNull();
      case SUM, AVERAGE -> sum(measure, in);
    };
  }

  private static @Nullable Number sum(Measure measure, RowReader in) {
    long count = in.whole();
    BigInteger whole = in.large();
    boolean average = measure.kind() == Measure.Kind.AVERAGE;
    if (measure.whole()) {
      WholeSum sum = new WholeSum();
      add(sum, whole);
      return count == 0 ? null : average ? (Number) (sum.real() / count) : sum.value();
    }
    BigInteger[] nanos = in.large().divideAndRemainder(NANO);
    ExactSum sum = new ExactSum();
    WholeSum parts = new WholeSum();
    add(parts, whole.add(nanos[0]));
    sum.add(parts.highPart(), parts.lowPart(), nanos[1].longValueExact());
    return count == 0 ? null : (Number) (average ? sum.value() / count : sum.value());
  }

  private static void add(WholeSum sum, BigInteger number) {
    long low = number.longValue();
    sum.add(number.subtract(BigInteger.valueOf(low)).shiftRight(64).longValueExact(), low);
  }
}
