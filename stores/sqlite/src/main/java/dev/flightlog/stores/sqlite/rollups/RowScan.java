package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.ExactSum;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.WholeSum;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.NumberedFields;
import dev.flightlog.stores.sqlite.sql.SqlFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up rows of {@code event_rows}. What SQLite can add up by itself it does, and hands over a
 * row a group ({@link InSql}); else it hands over each row: a column a dimension, then for each
 * measure a column that says whether it looks at the row and one with its value. What no SQL can
 * say, {@link Filter#matches} does with the whole event.
 */
final class RowScan {
  private final Aggregate aggregate;
  private final SqlFilter where;
  private final boolean wholeEvents;
  private final String sql;
  private final List<Object> arguments = new ArrayList<>();
  private final int firstMeasure;
  private final int firstField;
  private final @Nullable InSql inSql;

  /**
   * @param filter which rows
   */
  RowScan(Aggregate aggregate, Filter filter) {
    this.aggregate = aggregate;
    this.where = SqlFilter.of(filter);
    boolean unmet = !where.unmet().equals(Filter.EVERYTHING);
    StringBuilder columns = new StringBuilder("SELECT 1");
    for (Dimension dimension : aggregate.dimensions()) {
      columns.append(", ").append(column(dimension));
    }
    firstMeasure = 2 + aggregate.dimensions().size();
    for (Measure measure : aggregate.measures()) {
      SqlFilter of = SqlFilter.of(measure.where());
      unmet |= !of.unmet().equals(Filter.EVERYTHING);
      columns.append(", ").append(of.sql()).append(", ").append(column(measure));
      arguments.addAll(of.arguments());
    }
    firstField = firstMeasure + 2 * aggregate.measures().size();
    wholeEvents = unmet;
    if (wholeEvents) {
      columns.append(", ").append(EventRows.COLUMNS);
    }
    arguments.addAll(where.arguments());
    sql = columns + " FROM event_rows WHERE " + where.sql();
    inSql = wholeEvents || !InSql.can(aggregate) ? null : new InSql(aggregate, where);
  }

  private static String column(Dimension dimension) {
    // No switch over types: each makes a class in a new process.
    if (!(dimension instanceof Dimension.ByAttribute by)) {
      return "timestamp";
    }
    return by.attribute() instanceof Attribute.Column(Field field)
        ? field.column()
        : SqlFilter.text(by.attribute());
  }

  private static String column(Measure measure) {
    Attribute of = measure.of();
    if (of == null) {
      return "1";
    }
    return switch (measure.kind()) {
      case COUNT -> SqlFilter.value(of);
      case DISTINCT -> SqlFilter.text(of);
      case MIN, MAX, SUM, AVERAGE, PERCENTILE ->
          of instanceof Attribute.Column(Field field) && field.kind() == Field.Kind.TIME
              ? "timestamp"
              : SqlFilter.number(of);
    };
  }

  void addTo(Groups groups, DatabaseConnection connection) throws SQLException {
    if (inSql != null) {
      inSql.addTo(groups, connection);
      return;
    }
    try (ResultSet rows = connection.query(sql, arguments.toArray())) {
      while (rows.next()) {
        connection.eventRead();
        Event event = wholeEvents ? EventRows.event(rows, firstField, connection) : null;
        if (event == null || where.unmet().matches(event)) {
          add(rows, event, groups.of(key(rows, connection)));
        }
      }
    }
  }

  private List<@Nullable Object> key(ResultSet rows, DatabaseConnection connection)
      throws SQLException {
    List<@Nullable Object> key = new ArrayList<>(aggregate.dimensions().size());
    int column = 2;
    for (Dimension dimension : aggregate.dimensions()) {
      key.add(key(dimension, rows, column++, connection));
    }
    return key;
  }

  private static @Nullable Object key(
      Dimension dimension, ResultSet rows, int column, DatabaseConnection connection)
      throws SQLException {
    if (dimension instanceof Dimension.BySpan(Dimension.Span span)) {
      return span.startOf(rows.getLong(column));
    }
    if (dimension instanceof Dimension.ByAttribute(Attribute.Column(Field field))
        && NumberedFields.contains(field)) {
      return connection.textOf(field, rows.getLong(column));
    }
    if (dimension instanceof Dimension.ByAttribute(Attribute.Column(Field field))
        && field.kind() != Field.Kind.TEXT) {
      long number = rows.getLong(column);
      if (number == 0 && rows.wasNull()) {
        return null;
      }
      return field.kind() == Field.Kind.BOOLEAN ? (Object) (number != 0) : (Object) number;
    }
    return rows.getString(column);
  }

  private void add(ResultSet rows, @Nullable Event event, MeasureSum[] sums) throws SQLException {
    for (int i = 0; i < sums.length; i++) {
      int column = firstMeasure + 2 * i;
      Measure measure = aggregate.measures().get(i);
      boolean counts = event == null ? rows.getInt(column) != 0 : measure.where().matches(event);
      if (counts) {
        sums[i].add(rows, column + 1);
      }
    }
  }

  /**
   * Rows that SQLite adds up: counts, sums, extremes. Each value is looked up once a row, in an
   * inner SELECT that the LIMIT keeps from being merged with the outer one; numbers are added in
   * the whole parts of {@link ExactSum} and {@link WholeSum}, so that the sums are the same to the
   * last digit.
   */
  private static final class InSql {
    private final Aggregate aggregate;
    private final String sql;
    private final List<Object> arguments = new ArrayList<>();

    static boolean can(Aggregate aggregate) {
      return aggregate.measures().stream().allMatch(InSql::can);
    }

    private static boolean can(Measure measure) {
      return switch (measure.kind()) {
        case COUNT, SUM, MIN, MAX, AVERAGE -> true;
        case DISTINCT, PERCENTILE -> false;
      };
    }

    InSql(Aggregate aggregate, SqlFilter where) {
      this.aggregate = aggregate;
      Map<String, String> inner = new LinkedHashMap<>();
      StringBuilder outer = new StringBuilder("SELECT count(*)");
      List<String> keys = new ArrayList<>();
      for (Dimension dimension : aggregate.dimensions()) {
        String key = name(key(dimension), inner);
        keys.add(key);
        // The beginning of a time is worked out from any time within it.
        outer
            .append(", ")
            .append(
                dimension instanceof Dimension.BySpan
                    ? "min(" + name("timestamp", inner) + ")"
                    : key);
      }
      for (Measure measure : aggregate.measures()) {
        SqlFilter of = SqlFilter.of(measure.where());
        String only = "";
        if (!measure.where().equals(Filter.EVERYTHING)) {
          String condition = "w" + inner.size();
          inner.put(of.sql() + " /* " + condition + " */", condition);
          arguments.addAll(of.arguments());
          only = " FILTER (WHERE " + condition + ")";
        }
        for (String part : parts(measure, inner)) {
          outer.append(", ").append(part).append(only);
        }
      }
      StringBuilder columns = new StringBuilder("SELECT 1");
      inner.forEach((expression, name) ->
          columns.append(", ").append(expression).append(" AS ").append(name));
      arguments.addAll(where.arguments());
      sql =
          outer
              + " FROM ("
              + columns
              + " FROM event_rows WHERE "
              + where.sql()
              + " LIMIT -1)"
              + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys));
    }

    private static String name(String expression, Map<String, String> inner) {
      return inner.computeIfAbsent(expression, _ -> "v" + inner.size());
    }

    private static String key(Dimension dimension) {
      return dimension instanceof Dimension.BySpan(Dimension.Span span)
          ? EventRows.spans(span == Dimension.Span.HOUR ? Accumulator.HOUR : Timestamps.DAY)
          : column(dimension);
    }

    private static List<String> parts(Measure measure, Map<String, String> inner) {
      Attribute of = measure.of();
      if (of == null) {
        return List.of("count(*)");
      }
      if (measure.kind() == Measure.Kind.COUNT) {
        return List.of("count(" + name(SqlFilter.value(of), inner) + ")");
      }
      boolean time = of instanceof Attribute.Column(Field field) && field.kind() == Field.Kind.TIME;
      String value = name(time ? "timestamp" : SqlFilter.number(of), inner);
      boolean extreme = measure.kind() == Measure.Kind.MIN || measure.kind() == Measure.Kind.MAX;
      String count = "count(" + value + ")";
      if (extreme) {
        String found = measure.kind() == Measure.Kind.MIN ? "min" : "max";
        String number = measure.whole() ? value : "CAST(" + value + " AS REAL)";
        return List.of(count, found + "(" + number + ")");
      }
      if (measure.whole()) {
        return List.of(
            count, "sum(" + value + " >> 32)", "sum(" + value + " & " + 0xffffffffL + ")");
      }
      String clamped =
          "max(-1e12, min(1e12, CAST(" + value + " AS REAL)))"; // NULL when the value is
      String whole = "CAST(" + clamped + " AS INTEGER)";
      return List.of(
          count,
          "sum(" + whole + ")",
          "sum(CAST(round((" + clamped + " - " + whole + ") * 1e9) AS INTEGER))");
    }

    void addTo(Groups groups, DatabaseConnection connection) throws SQLException {
      try (ResultSet rows = connection.query(sql, arguments.toArray())) {
        while (rows.next()) {
          connection.eventsRead(rows.getLong(1));
          List<@Nullable Object> key = new ArrayList<>(aggregate.dimensions().size());
          int column = 2;
          for (Dimension dimension : aggregate.dimensions()) {
            key.add(RowScan.key(dimension, rows, column++, connection));
          }
          for (MeasureSum sum : groups.of(key)) {
            column = sum.addParts(rows, column);
          }
        }
      }
    }
  }
}
