package dev.flightlog.stores.sqlite;

import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.StoreException;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that fills the disk under an open store, frees it, and tells what the store did. */
final class FullDisk {
  private FullDisk() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (SqliteStore store = SqliteStore.open(folder.resolve("events.db"))) {
      store.append(Calls.append(0, 400));
      store.settle();
      for (int round = 0; round < 3; round++) {
        int from = 400 + 200 * round;
        fill(folder.resolve("filler"));
        for (int i = 0; i < 3; i++) {
          tell(round + ".full" + i, kind(store, from));
        }
        tell(round + ".marks", store.marks("calls"));
        tell(round + ".count", count(store));
        Files.delete(folder.resolve("filler"));
        tell(round + ".inserted", store.append(Calls.append(from, from + 200)).inserted());
        tell(round + ".again", count(store));
      }
    }
    try (DatabaseConnection connection =
        DatabaseConnection.open(folder.resolve("events.db"), true)) {
      tell("whole", String.valueOf(connection.text("PRAGMA integrity_check")));
    }
  }

  private static Object kind(SqliteStore store, int from) {
    try {
      return store.append(Calls.append(from, from + 200));
    } catch (StoreException e) {
      return e.kind();
    }
  }

  private static long count(SqliteStore store) {
    return store.aggregate(Aggregate.of(Filter.EVERYTHING, Measure.count())).getFirst().whole(0);
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] some = new byte[4096];
      while (true) {
        out.write(some);
      }
    } catch (IOException e) {
      // The disk is full.
    }
  }

  private static void tell(String what, Object value) {
    System.out.println(what + "=" + value);
  }
}
