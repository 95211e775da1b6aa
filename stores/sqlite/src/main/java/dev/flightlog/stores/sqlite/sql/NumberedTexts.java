package dev.flightlog.stores.sqlite.sql;

import dev.flightlog.event.Field;
import dev.flightlog.stores.sqlite.sql.NumberedFields.Table;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts behind the numbers in rows, read when they are first met. A number is never given to
 * another text, so what was read once stays true. Belongs to one connection.
 */
final class NumberedTexts {
  private static final int MOST = 100_000;

  private final DatabaseConnection connection;
  private final Map<Table, Map<Long, String>> known = new EnumMap<>(Table.class);

  NumberedTexts(DatabaseConnection connection) {
    this.connection = connection;
  }

  /** The text; null when nothing explains the number. */
  @Nullable String text(Field field, long number) throws SQLException {
    Table table = NumberedFields.table(field);
    Map<Long, String> texts = known.computeIfAbsent(table, _ -> new HashMap<>());
    String text = texts.get(number);
    if (text == null) {
      text =
          connection.text(
              "SELECT " + table.column + " FROM main." + table.table + " WHERE id = ?", number);
      if (texts.size() >= MOST) {
        texts.clear();
      }
      if (text != null) {
        texts.put(number, text);
      }
    }
    return text;
  }
}
