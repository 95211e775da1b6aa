package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The process of a machine that appends to a shared store from the place that is kept there, as one
 * does that reads journals. It tells its place after each append, and ends when all is there.
 */
final class ShippingMachine {
  static final String PLACE = "at";
  private static final Instant START = Instant.parse("2025-09-23T14:00:00Z");
  private static final int AGAIN = 4;

  private ShippingMachine() {}

  /**
   * @param args the address of the store, the number of the machine, how many events it has, how
   *     many it appends at once
   */
  public static void main(String[] args) {
    int machine = Integer.parseInt(args[1]);
    int events = Integer.parseInt(args[2]);
    int most = Integer.parseInt(args[3]);
    try (EventStore store = ClusterTest.open(args[0], System.getenv(ServerAddress.PASSWORD))) {
      int at = Integer.parseInt(store.marks(PLACE).getOrDefault(PLACE, "0"));
      for (int appends = 1; at < events; appends++) {
        EventBatch batch = new EventBatch();
        int end = Math.min(events, at + most);
        for (int i = at; i < end; i++) {
          batch.add(i % 3 == 0 ? Mode.MERGE : Mode.NEW, event(machine, i));
        }
        at = end;
        store.append(new Append(batch, List.of(new Mark(PLACE, Integer.toString(at)))));
        if (appends % AGAIN == 0) {
          store.append(new Append(batch));
        }
        System.out.println(at);
      }
    }
  }

  private static Event event(int machine, int number) {
    return Event.builder(
            EventIds.ofKey(machine + " " + number),
            START.plusSeconds(number),
            "tool_call",
            Category.EXECUTION)
        .set(Field.SESSION_ID, "session " + machine)
        .set(Field.TOKENS_USED, (long) number)
        .details(Map.of("tool", "Bash", "input", "make test " + number % 10))
        .build();
  }
}
