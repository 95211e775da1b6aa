package dev.flightlog.importer;

import dev.flightlog.formats.reading.DatabaseForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads databases of other programs. The importer knows no database; whoever makes one gives it
 * this. It never writes to a file, and keeps no other program from writing. Called by the thread
 * that reads.
 */
public interface Databases {
  /** Knows no database, and finds nothing in any. */
  Databases NONE =
      new Databases() {
        @Override
        public Map<String, Set<String>> columns(Path file) {
          return Map.of();
        }

        @Override
        public void read(
            Path file, DatabaseForm form, Map<String, @Nullable Object> since, Taker into) {
          throw new ImportException("Databases cannot be read here: " + file);
        }
      };

  /** Takes rows one by one. */
  interface Taker {
    /**
     * A row as a JSON object.
     *
     * @param since how far the query is read with this row, or null where it is read as a whole
     */
    void take(byte[] json, int length, String record, @Nullable Object since)
        throws InterruptedException;
  }

  /**
   * The columns of each table, in lower case.
   *
   * @throws IOException when it cannot be read as a database
   */
  Map<String, Set<String>> columns(Path file) throws IOException;

  /**
   * Gives every row, query by query, as they are at one moment.
   *
   * @param since by query, from where to read on: a whole number, a real one or a text
   */
  void read(Path file, DatabaseForm form, Map<String, @Nullable Object> since, Taker into)
      throws IOException, InterruptedException;
}
