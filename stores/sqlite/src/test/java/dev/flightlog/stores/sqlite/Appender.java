package dev.flightlog.stores.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that appends, on and on, until it is killed; it tells after each append how far it is.
 */
final class Appender {
  private Appender() {}

  public static void main(String[] arguments) throws Exception {
    int size = Integer.parseInt(arguments[1]);
    SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
    int next = Integer.parseInt(store.marks("calls").getOrDefault("calls", "0"));
    while (true) {
      store.append(Calls.append(next, next + size));
      next += size;
      Files.writeString(Path.of(arguments[2]), Integer.toString(next));
    }
  }
}
