package dev.flightlog.stores.sqlite.sql;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Events as rows of the table {@code event_rows}, in both directions: times as microseconds since
 * 1970, and numbers in the place of the texts of {@link NumberedFields}.
 */
public final class EventRows {
  /** The columns of all fields, in their order. */
  public static final String COLUMNS = columns("");

  /** How many these are. */
  public static final int COUNT = Field.count();

  private EventRows() {}

  /** The same, each behind a prefix such as {@code e.}. */
  public static String columns(String prefix) {
    StringJoiner columns = new StringJoiner(", ");
    for (int i = 0; i < Field.count(); i++) {
      columns.add(prefix + Field.at(i).column());
    }
    return columns.toString();
  }

  /** In which span of this length a row's time lies, as a number that rises with it. */
  public static String spans(long micros) {
    return "((timestamp - (timestamp % "
        + micros
        + " + "
        + micros
        + ") % "
        + micros
        + ") / "
        + micros
        + ")";
  }

  /** The event in the current row, whose fields begin at this column. */
  public static Event event(ResultSet row, int first, DatabaseConnection connection)
      throws SQLException {
    Event.Builder builder =
        Event.builder(
            orEmpty(row.getString(first)),
            Timestamps.instant(row.getLong(first + Field.TIMESTAMP.ordinal())),
            orEmpty(
                connection.textOf(
                    Field.EVENT_TYPE, row.getLong(first + Field.EVENT_TYPE.ordinal()))),
            Category.EXECUTION);
    for (int i = Field.CATEGORY.ordinal(); i < Field.count(); i++) {
      Field field = Field.at(i);
      builder.set(field, value(row, first + i, field, connection));
    }
    return builder.build();
  }

  private static @Nullable Object value(
      ResultSet row, int column, Field field, DatabaseConnection connection) throws SQLException {
    if (NumberedFields.contains(field)) {
      return connection.textOf(field, row.getLong(column));
    }
    return switch (field.kind()) {
      case TEXT, JSON ->
          field == Field.SOURCE ? source(row.getString(column), connection) : row.getString(column);
      case TIME, INTEGER -> {
        long number = row.getLong(column);
        yield number == 0 && row.wasNull() ? null : (Object) number;
      }
      case REAL -> {
        double number = row.getDouble(column);
        yield number == 0 && row.wasNull() ? null : (Object) number;
      }
      case BOOLEAN -> {
        long number = row.getLong(column);
        yield number == 0 && row.wasNull() ? null : (Object) (number != 0);
      }
    };
  }

  private static @Nullable String source(@Nullable String kept, DatabaseConnection connection)
      throws SQLException {
    int file = kept == null ? 0 : SourceText.file(kept);
    return kept == null || file == 0
        ? kept
        : SourceText.whole(kept, connection.textOf(Field.SOURCE, file));
  }

  /** What to bind for each field, in their order. Within the transaction that keeps the event. */
  public static @Nullable Object[] values(Event event, TextNumbers texts) throws SQLException {
    @Nullable Object[] values = new Object[Field.count()];
    for (int i = 0; i < values.length; i++) {
      Field field = Field.at(i);
      Object value = event.get(field);
      values[i] =
          value instanceof String text && NumberedFields.contains(field)
              ? (Object) texts.kept(field, text)
              : value instanceof String text && field == Field.SOURCE
                  ? texts.keptSource(text)
                  : value;
    }
    return values;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
