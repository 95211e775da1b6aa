package dev.flightlog.stores.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventBatch;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.RolledUp.Cost;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an aggregate costs is known before. */
public interface RolledUpContract extends Stores {

  @Test
  default void whatIsSaidToBeAnsweredFromSumsReadsNoEvent() {
    RandomWorld world = new RandomWorld(401, 800);
    try (EventStore store = freshStore()) {
      for (int i = 0; i < 10; i++) {
        EventBatch batch = new EventBatch();
        for (int n = 0; n < 100; n++) {
          batch.add(world.mode(), world.event());
        }
        store.append(new Append(batch));
      }
      store.settle();
      store.rollUp();
      Map<Cost, Integer> seen = new EnumMap<>(Cost.class);
      for (int i = some(400); i > 0; i--) {
        Aggregate question = world.aggregate();
        Cost cost = store.rolledUp().cost(question);
        long before = store.check().eventsRead();
        store.aggregate(question);
        long read = store.check().eventsRead() - before;
        if (cost == Cost.SUMS) {
          assertThat(read).as("question " + i + " " + question).isZero();
        }
        seen.merge(cost, 1, Integer::sum);
      }
      assertThat(seen).containsKey(Cost.EVENTS);
      if (!store.rolledUp().dimensions().isEmpty()) {
        assertThat(seen.get(Cost.SUMS)).isGreaterThan(some(400) / 20);
      }
    }
  }
}
