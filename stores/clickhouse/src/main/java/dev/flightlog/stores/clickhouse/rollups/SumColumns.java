package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.RolledUp;
import dev.flightlog.stores.clickhouse.sql.AttributeSql;
import dev.flightlog.stores.clickhouse.sql.SumSql;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What is kept of the events of a cell. A cell has the texts of its dimensions in columns of the
 * names that events have, so one filter serves both tables; {@code present} tells, as there, which
 * details have a value of another type.
 */
public final class SumColumns {
  static final Attribute SESSION = Attribute.of(Field.SESSION_ID);

  /** Of what ranks are kept. */
  static final List<Attribute> RANKED = List.of(Attribute.of(Field.DURATION_MS));

  static final List<Attribute> NUMBERS =
      List.of(
          Attribute.of(Field.DURATION_MS),
          Attribute.of(Field.TOKENS_USED),
          Attribute.of(Field.TIME_SAVED_OR_WASTED_MS),
          Attribute.of(Field.CONTEXT_PERCENT),
          Attribute.detail("cost_usd"),
          Attribute.detail("input_tokens"),
          Attribute.detail("output_tokens"),
          Attribute.detail("cache_read_tokens"),
          Attribute.detail("cache_write_tokens"),
          Attribute.detail("cache_write_1h_tokens"),
          Attribute.detail("web_searches"),
          Attribute.detail("waiting_ms"));

  /** What sums answer. */
  public static final RolledUp ROLLED_UP =
      new RolledUp(
          Cube.OF_SUMS.getLast().dimensions(),
          Cube.OF_RANKS.getLast().dimensions(),
          Cube.OF_SESSIONS.getLast().dimensions(),
          NUMBERS,
          RANKED,
          List.of(SESSION));

  /**
   * A session as a number of 128 bits, which is what ClickHouse itself counts different texts by:
   * that two of a thousand million sessions have the same has a chance of 1 in 10^21.
   */
  private static final String HASH = "reinterpretAsUInt128(sipHash128(assumeNotNull(session_id)))";

  private SumColumns() {}

  /** The columns of the table {@code cells} behind level, cube, start and build, for a CREATE. */
  public static String declared() {
    StringJoiner columns = new StringJoiner(",\n    ");
    for (Attribute dimension : Cube.OF_SUMS.getLast().dimensions()) {
      columns.add(SumSql.name(dimension) + " " + type(dimension) + " CODEC(ZSTD(1))");
    }
    columns.add("present UInt32 CODEC(ZSTD(1))");
    columns.add("events UInt64 CODEC(ZSTD(1))");
    columns.add("first_micros Int64 CODEC(ZSTD(1))");
    columns.add("last_micros Int64 CODEC(ZSTD(1))");
    for (Attribute number : NUMBERS) {
      String name = SumSql.name(number);
      String type = SumSql.isWhole(number) ? "Int64" : "Float64";
      columns.add("n_" + name + " UInt64 CODEC(ZSTD(1))");
      columns.add("p_" + name + " UInt64 CODEC(ZSTD(1))");
      columns.add("w_" + name + " Int128 CODEC(ZSTD(1))");
      columns.add("f_" + name + " Int128 CODEC(ZSTD(1))");
      columns.add("least_" + name + " Nullable(" + type + ") CODEC(ZSTD(1))");
      columns.add("most_" + name + " Nullable(" + type + ") CODEC(ZSTD(1))");
    }
    return columns.toString();
  }

  private static String type(Attribute dimension) {
    if (dimension.equals(Attribute.of(Field.SUCCESS))) {
      return "Nullable(Bool)";
    }
    boolean required =
        dimension.equals(Attribute.of(Field.EVENT_TYPE))
            || dimension.equals(Attribute.of(Field.CATEGORY));
    return required ? "LowCardinality(String)" : "LowCardinality(Nullable(String))";
  }

  /** What events are added up to, in the order of {@link #declared} behind the keys. */
  static String ofEvents(List<Attribute> numbers) {
    StringJoiner sql = new StringJoiner(", ");
    sql.add("count() AS events_");
    sql.add("min(micros) AS first_micros_");
    sql.add("max(micros) AS last_micros_");
    for (Attribute number : numbers) {
      String name = SumSql.name(number);
      String column = AttributeSql.number(number);
      sql.add("count(" + column + ") AS n_" + name + "_");
      sql.add("countIf(" + AttributeSql.isIn(number) + ") AS p_" + name + "_");
      sql.add("sum(" + SumSql.wholePart(number, column) + ") AS w_" + name + "_");
      sql.add("sum(" + SumSql.nanoPart(number, column) + ") AS f_" + name + "_");
      sql.add("min(" + column + ") AS least_" + name + "_");
      sql.add("max(" + column + ") AS most_" + name + "_");
    }
    return sql.toString();
  }

  /** What cells are added up to, in the same order. */
  static String ofCells() {
    StringJoiner sql = new StringJoiner(", ");
    sql.add("sum(events)");
    sql.add("min(first_micros)");
    sql.add("max(last_micros)");
    for (Attribute number : NUMBERS) {
      String name = SumSql.name(number);
      sql.add("sum(n_" + name + ")");
      sql.add("sum(p_" + name + ")");
      sql.add("sum(w_" + name + ")");
      sql.add("sum(f_" + name + ")");
      sql.add("min(least_" + name + ")");
      sql.add("max(most_" + name + ")");
    }
    return sql.toString();
  }

  /** The names of what {@link #ofEvents} works out, with this behind each. */
  static List<String> names(List<Attribute> numbers) {
    List<String> names = new ArrayList<>();
    names.addAll(List.of("events", "first_micros", "last_micros"));
    for (Attribute number : numbers) {
      for (String part : List.of("n_", "p_", "w_", "f_", "least_", "most_")) {
        names.add(part + SumSql.name(number));
      }
    }
    return names;
  }

  /** The different sessions of events that have one. */
  static String sessionsOfEvents() {
    return "groupUniqArray(" + HASH + ")";
  }
}
