package dev.flightlog.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables of a database of tasks: {@code tasks}, {@code evaluations}, {@code outcomes}.
 * The importer knows no database; whoever makes one gives it this. Called by the thread that reads.
 */
public interface TaskTables {
  /** Knows no database, and says so. */
  TaskTables NONE =
      (file, after, into) -> {
        throw new ImportException("Databases of tasks cannot be read here: " + file);
      };

  /**
   * One task with what belongs to it. Columns by name; values are Long, Double, String or null.
   *
   * @param id its key in the database, by which it is read on
   * @param evaluations in the order in which they were written
   * @param outcomes in the order in which they were written
   */
  record Entry(
      long id,
      Map<String, @Nullable Object> task,
      List<Map<String, @Nullable Object>> evaluations,
      List<Map<String, @Nullable Object>> outcomes) {}

  /** Takes tasks one by one. */
  interface Taker {
    void take(Entry entry) throws InterruptedException;
  }

  /**
   * Gives every task whose id is larger, in the order of ids, as they are at one moment. Never
   * writes to the file.
   *
   * @throws ImportException when it is no such database; the message says what is missing
   */
  void read(Path file, long after, Taker into) throws IOException, InterruptedException;
}
