package dev.flightlog.stores.sqlite.sql;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import java.util.EnumSet;
import java.util.Set;

/**
 * The fields whose texts recur from event to event. Rows hold numbers in their place, which the
 * tables {@code sessions} and {@code names} explain.
 */
public final class NumberedFields {
  private static final Set<Field> ALL =
      EnumSet.of(
          Field.EVENT_TYPE,
          Field.CATEGORY,
          Field.PROJECT,
          Field.SESSION_ID,
          Field.STORY_ID,
          Field.WORKFLOW_ID,
          Field.AGENT_NAME);

  private NumberedFields() {}

  /** All of them. */
  public static Set<Field> all() {
    return ALL;
  }

  /** Whether rows hold a number in the place of this field's text. */
  public static boolean contains(Field field) {
    return ALL.contains(field);
  }

  /** The same of an attribute. */
  public static boolean contains(Attribute attribute) {
    return attribute instanceof Attribute.Column(Field field) && contains(field);
  }

  /** The table that explains the numbers of such a field. */
  static Table table(Field field) {
    return field == Field.SESSION_ID ? Table.SESSIONS : Table.NAMES;
  }

  /** A table that explains numbers: {@code id}, and a column with the text. */
  enum Table {
    SESSIONS("sessions", "session_id"),
    NAMES("names", "name");

    final String table;
    final String column;

    Table(String table, String column) {
      this.table = table;
      this.column = column;
    }

    /** Selects the numbers of the texts that meet a condition, which begins behind the column. */
    String numbers(String condition) {
      return "(SELECT id FROM main." + table + " WHERE " + column + condition + ")";
    }
  }
}
