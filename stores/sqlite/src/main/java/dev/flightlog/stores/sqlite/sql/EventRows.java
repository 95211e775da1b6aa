package dev.flightlog.stores.sqlite.sql;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Events as rows of the table {@code events}, in both directions. */
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

  /** The event in the current row, whose fields begin at this column. */
  public static Event event(ResultSet row, int first) throws SQLException {
    Event.Builder builder =
        Event.builder(
            orEmpty(row.getString(first)),
            Timestamps.instant(micros(row.getString(first + Field.TIMESTAMP.ordinal()))),
            orEmpty(row.getString(first + Field.EVENT_TYPE.ordinal())),
            Category.EXECUTION);
    for (int i = Field.CATEGORY.ordinal(); i < Field.count(); i++) {
      Field field = Field.at(i);
      builder.set(field, value(row, first + i, field.kind()));
    }
    return builder.build();
  }

  private static @Nullable Object value(ResultSet row, int column, Field.Kind kind)
      throws SQLException {
    return switch (kind) {
      case TEXT, JSON -> row.getString(column);
      case TIME -> micros(row.getString(column));
      case INTEGER -> {
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

  /** A time that someone made unreadable in the file counts as 1970. */
  public static long micros(@Nullable String timestamp) {
    long micros = timestamp == null ? Timestamps.NONE : Timestamps.parse(timestamp);
    return micros == Timestamps.NONE ? 0 : micros;
  }

  /** What to bind for each field, in their order. */
  public static @Nullable Object[] values(Event event) {
    @Nullable Object[] values = new Object[Field.count()];
    for (int i = 0; i < values.length; i++) {
      Field field = Field.at(i);
      Object value = event.get(field);
      values[i] =
          value != null && field.kind() == Field.Kind.TIME ? Timestamps.text((Long) value) : value;
    }
    return values;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
