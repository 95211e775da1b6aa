package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import dev.flightlog.stores.sqlite.sql.SqlFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up rows of {@code events}: a column a dimension, then for each measure a column that says
 * whether it looks at the row and one with its value. What no SQL can say, {@link Filter#matches}
 * does with the whole event.
 */
final class RowScan {
  private static final Attribute SESSION = Attribute.of(Field.SESSION_ID);

  private final Aggregate aggregate;
  private final SqlFilter where;
  private final boolean sessionNumbers;
  private final boolean wholeEvents;
  private final String sql;
  private final List<Object> arguments = new ArrayList<>();
  private final int firstMeasure;
  private final int firstField;

  /**
   * @param filter which rows
   * @param sessionNumbers count distinct sessions by their numbers, as roll-ups do
   */
  RowScan(Aggregate aggregate, Filter filter, boolean sessionNumbers) {
    this.aggregate = aggregate;
    this.sessionNumbers = sessionNumbers;
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
    sql = columns + " FROM events WHERE " + where.sql();
  }

  private static String column(Dimension dimension) {
    return switch (dimension) {
      case Dimension.BySpan _ -> "timestamp";
      case Dimension.ByAttribute(Attribute.Column(Field field)) -> field.column();
      case Dimension.ByAttribute(Attribute.Detail detail) -> SqlFilter.text(detail);
    };
  }

  private String column(Measure measure) {
    Attribute of = measure.of();
    if (of == null) {
      return "1";
    }
    return switch (measure.kind()) {
      case COUNT -> SqlFilter.value(of);
      case DISTINCT ->
          sessionNumbers && of.equals(SESSION)
              ? "(SELECT s.id FROM sessions s WHERE s.session_id = events.session_id)"
              : SqlFilter.text(of);
      case MIN, MAX, SUM, AVERAGE, PERCENTILE ->
          of instanceof Attribute.Column(Field field) && field.kind() == Field.Kind.TIME
              ? "timestamp"
              : SqlFilter.number(of);
    };
  }

  void addTo(Groups groups, DatabaseConnection connection) throws SQLException {
    try (ResultSet rows = connection.query(sql, arguments.toArray())) {
      while (rows.next()) {
        connection.eventRead();
        Event event = wholeEvents ? EventRows.event(rows, firstField) : null;
        if (event == null || where.unmet().matches(event)) {
          add(rows, event, groups.of(key(rows)));
        }
      }
    }
  }

  private List<@Nullable Object> key(ResultSet rows) throws SQLException {
    List<@Nullable Object> key = new ArrayList<>(aggregate.dimensions().size());
    int column = 2;
    for (Dimension dimension : aggregate.dimensions()) {
      key.add(key(dimension, rows, column++));
    }
    return key;
  }

  private static @Nullable Object key(Dimension dimension, ResultSet rows, int column)
      throws SQLException {
    if (dimension instanceof Dimension.BySpan(Dimension.Span span)) {
      return span.startOf(EventRows.micros(rows.getString(column)));
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
        boolean numbered =
            sessionNumbers
                && measure.kind() == Measure.Kind.DISTINCT
                && SESSION.equals(measure.of());
        sums[i].add(rows, column + 1, numbered);
      }
    }
  }
}
