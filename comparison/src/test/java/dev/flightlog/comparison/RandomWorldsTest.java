package dev.flightlog.comparison;

import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worlds of chance, in which events change, wait, repeat and are forgotten between questions. */
class RandomWorldsTest {
  private static final int WORLDS = Integer.getInteger("flightlog.worlds", 1);

  @TempDir Path folder;

  @Test
  void everyQuestionIsAnsweredAlikeByAllStores() {
    for (long seed = 1; seed <= WORLDS; seed++) {
      AgentWorld world = new AgentWorld(seed);
      try (ThreeStores stores = ThreeStores.empty(folder)) {
        Clock clock = Clock.fixed(AgentWorld.NOW, ZoneOffset.UTC);
        Comparing comparing = new Comparing(stores, clock, "seed " + seed);
        for (int round = 0; round < 3; round++) {
          for (int batches = 1 + world.below(4); batches > 0; batches--) {
            stores.append(new Append(world.batch(1 + world.below(200))));
          }
          if (world.below(3) == 0) {
            stores.each(EventStore::settle);
            stores.each(EventStore::rollUp);
          }
          if (round > 0 && world.below(2) == 0) {
            Filter some = Filter.is(Field.SESSION_ID, "session-" + world.below(4));
            stores.forget(Filter.and(some, Filter.is(Field.SUCCESS, true)));
          }
          comparing.ask(new Calls(stores.reference(), new Random(seed)).some(10));
        }
        comparing.proposeRules(folder);
      }
    }
  }
}
