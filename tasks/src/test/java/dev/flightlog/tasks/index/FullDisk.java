package dev.flightlog.tasks.index;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** A process that fills the disk under an open index, frees it, and tells what the index did. */
final class FullDisk {
  private FullDisk() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (MemoryStore store = new MemoryStore();
        TaskIndex index = TaskIndex.open(folder.resolve("tasks.db"))) {
      put(store, 0);
      tell("first", index.catchUp(store));
      for (int round = 1; round < 4; round++) {
        put(store, round);
        fill(folder.resolve("filler"));
        for (int i = 0; i < 3; i++) {
          tell(round + ".full" + i, attempt(index, store));
        }
        tell(round + ".readable", index.size());
        Files.delete(folder.resolve("filler"));
        tell(round + ".freed", index.catchUp(store));
        tell(round + ".size", index.size());
      }
    }
  }

  private static String attempt(TaskIndex index, MemoryStore store) {
    try {
      return "took in " + index.catchUp(store);
    } catch (TaskIndexException e) {
      return e.isWrongQuestion() ? "wrong" : "broken";
    }
  }

  private static void put(MemoryStore store, int round) {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < 200; i++) {
      String key = "task " + round + " " + i;
      batch.add(
          EventBatch.Mode.NEW,
          Event.builder(
                  EventIds.ofKey(key),
                  Instant.parse("2026-01-01T00:00:00Z").plusSeconds(round * 1000L + i),
                  EventTypes.TASK_REQUEST,
                  Category.EXECUTION)
              .set(Field.TASK_ID, key)
              .details(Map.of("request", "please " + key + " ".repeat(400) + i))
              .build());
    }
    store.append(new Append(batch));
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
