package dev.flightlog.stores.sqlite.sql;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.stores.sqlite.sql.NumberedFields.Table;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Knows the numbers of the texts of {@link NumberedFields}, and gives one to each new text, which
 * is kept in the file only with a row that has it. Belongs to the writer.
 */
public final class TextNumbers {
  private final Dictionary sessions;
  private final Dictionary names;
  private final SourceText source = new SourceText();

  /** Knows nothing yet but what the file has. */
  public TextNumbers(DatabaseConnection connection) throws SQLException {
    this.sessions = new Dictionary(Table.SESSIONS, connection);
    this.names = new Dictionary(Table.NAMES, connection);
  }

  private Dictionary of(Field field) {
    return NumberedFields.table(field) == Table.SESSIONS ? sessions : names;
  }

  /**
   * The number of the row's text; 0 when it has none. It may have to be {@linkplain #keep kept}.
   */
  int number(Field field, EventBatch batch, int row) throws SQLException {
    return batch.has(row, field)
        ? of(field).number(batch.bytes(), batch.offset(row, field), batch.length(row, field))
        : 0;
  }

  /** The number of such a file; it may have to be {@linkplain #keep kept}. */
  int number(SourceText source, byte[] bytes) throws SQLException {
    return names.number(bytes, source.fileFrom(), source.fileLength());
  }

  /** The short form of where an event was read, whose file is kept; else the text itself. */
  String keptSource(String text) throws SQLException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (!source.read(utf8, 0, utf8.length)) {
      return text;
    }
    int number = number(source, utf8);
    names.keep(each -> each == number);
    byte[] kept = new byte[source.shortLength(number)];
    source.write(number, kept, 0);
    return new String(kept, StandardCharsets.US_ASCII);
  }

  /** The number of a text, which is kept with it. Within a transaction. */
  public int kept(Field field, String text) throws SQLException {
    Dictionary dictionary = of(field);
    int number = dictionary.number(text);
    dictionary.keep(each -> each == number);
    return number;
  }

  /**
   * Keeps those of the new numbers that rows have. Within a transaction.
   *
   * @param ofSessions whether a row has this number in the place of its session
   * @param ofNames whether a row has it in the place of another text
   */
  void keep(IntPredicate ofSessions, IntPredicate ofNames) throws SQLException {
    sessions.keep(ofSessions);
    names.keep(ofNames);
  }

  /** True when all numbers that were given are in the file. */
  boolean areKept() {
    return sessions.pending.isEmpty() && names.pending.isEmpty();
  }

  /** Learns again what the file has; numbers that were not kept are given up. */
  public void reload() throws SQLException {
    sessions.reload();
    names.reload();
  }

  private static final class Dictionary {
    private final Table table;
    private final DatabaseConnection connection;
    private final Names texts = new Names();
    private final Map<Integer, String> pending = new HashMap<>();

    /** By the number that {@link #texts} gives. */
    private int[] numbers = new int[256];

    private int last;

    Dictionary(Table table, DatabaseConnection connection) throws SQLException {
      this.table = table;
      this.connection = connection;
      reload();
    }

    void reload() throws SQLException {
      texts.clear();
      pending.clear();
      Arrays.fill(numbers, 0);
      // Numbers of texts that are gone are not given again: others may remember them.
      last =
          (int)
              Math.max(
                  connection.number(
                      "SELECT seq FROM main.sqlite_sequence WHERE name = ?", table.table),
                  connection.number("SELECT max(id) FROM main." + table.table));
    }

    int number(byte[] bytes, int from, int length) throws SQLException {
      makeRoom();
      return known(texts.number(bytes, from, length));
    }

    int number(String text) throws SQLException {
      makeRoom();
      return known(texts.number(text));
    }

    private void makeRoom() {
      if (texts.isFull() && pending.isEmpty()) {
        texts.clear();
        Arrays.fill(numbers, 0);
      }
    }

    private int known(int place) throws SQLException {
      if (place >= numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(place + 1, numbers.length * 2));
      }
      if (numbers[place] == 0) {
        numbers[place] = look(String.valueOf(texts.text(place)));
      }
      return numbers[place];
    }

    private int look(String text) throws SQLException {
      int number =
          (int)
              connection.number(
                  "SELECT id FROM main." + table.table + " WHERE " + table.column + " = ?", text);
      if (number == 0) {
        number = ++last;
        pending.put(number, text);
      }
      return number;
    }

    void keep(IntPredicate wanted) throws SQLException {
      for (Iterator<Map.Entry<Integer, String>> each = pending.entrySet().iterator();
          each.hasNext(); ) {
        Map.Entry<Integer, String> entry = each.next();
        if (wanted.test(entry.getKey())) {
          connection.update(
              "INSERT INTO main." + table.table + " (id, " + table.column + ") VALUES (?, ?)",
              entry.getKey(),
              entry.getValue());
          each.remove();
        }
      }
    }
  }
}
