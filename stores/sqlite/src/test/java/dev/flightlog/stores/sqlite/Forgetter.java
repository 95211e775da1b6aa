package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that forgets session by session until it is killed; it tells after each. */
final class Forgetter {
  private Forgetter() {}

  public static void main(String[] arguments) throws Exception {
    SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
    for (int session = Integer.parseInt(arguments[1]); ; session++) {
      store.forget(Filter.is(Field.SESSION_ID, "session " + session));
      Files.writeString(Path.of(arguments[2]), Integer.toString(session));
    }
  }
}
