package dev.flightlog.stores.clickhouse.rows;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.stores.clickhouse.http.RowReader;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The columns of the table {@code events} that are fields, and how an event is read from them. */
public final class EventRow {
  private static final String COLUMNS = joined();

  private EventRow() {}

  /** All fields, in their order, for a SELECT. */
  public static String columns() {
    return COLUMNS;
  }

  private static String joined() {
    StringJoiner columns = new StringJoiner(", ");
    for (int i = 0; i < Field.count(); i++) {
      columns.add(column(Field.at(i)));
    }
    return columns.toString();
  }

  /** The column of a field; the time is kept in microseconds, beside an alias that is a time. */
  public static String column(Field field) {
    return field == Field.TIMESTAMP ? "micros" : field.column();
  }

  static boolean isRequired(Field field) {
    return switch (field) {
      case ID, TIMESTAMP, EVENT_TYPE, CATEGORY -> true;
      default -> false;
    };
  }

  /** Whether its column is a dictionary; as the schema says. */
  static boolean isOfFewTexts(Field field) {
    return switch (field) {
      case EVENT_TYPE,
          CATEGORY,
          PROJECT,
          SESSION_ID,
          STORY_ID,
          WORKFLOW_ID,
          AGENT_NAME,
          RUN_ID,
          COMPONENT ->
          true;
      default -> false;
    };
  }

  static String type(Field.Kind kind) {
    return switch (kind) {
      case TEXT, JSON -> "String";
      case TIME, INTEGER -> "Int64";
      case REAL -> "Float64";
      case BOOLEAN -> "Bool";
    };
  }

  /** Reads what {@link #columns} selected. */
  public static Event read(RowReader row) {
    String id = row.text();
    long micros = row.whole();
    Event.Builder event =
        Event.builder(id, Timestamps.instant(micros), row.text(), Category.EXECUTION)
            .set(Field.CATEGORY, row.text());
    for (int i = Field.CATEGORY.ordinal() + 1; i < Field.count(); i++) {
      Field field = Field.at(i);
      event.set(field, value(row, field.kind()));
    }
    return event.build();
  }

  private static @Nullable Object value(RowReader row, Field.Kind kind) {
    if (!row.present()) {
      return null;
    }
    return switch (kind) {
      case TEXT, JSON -> row.text();
      case TIME, INTEGER -> row.whole();
      case REAL -> row.real();
      case BOOLEAN -> row.oneByte() != 0;
    };
  }
}
