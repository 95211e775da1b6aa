package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a store whose process was killed. */
class CrashTest {
  private static final long SEED = 11;
  private static final int ROUNDS = Integer.getInteger("flightlog.kill.rounds", 4);

  @TempDir Path folder;

  @Test
  void rowsMarksAndRollupsAgreeAfterEachKill() throws Exception {
    Path db = folder.resolve("events.db");
    Random random = new Random(SEED);
    int before = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String as = "seed " + SEED + " round " + round;
      Path told = folder.resolve("told-" + round);
      // The first two rounds die in the first load, the others in the WAL.
      String size = Integer.toString(40 + random.nextInt(400));
      Process process = Children.start(Appender.class, db.toString(), size, told.toString());
      Children.kill(process, told, random.nextInt(5));
      int reached = Integer.parseInt(Files.readString(told).strip());
      try (SqliteStore store = SqliteStore.open(db)) {
        assertThat(store.movedAside()).as(as).isEmpty();
        int marked = Integer.parseInt(store.marks("calls").getOrDefault("calls", "0"));
        assertThat(marked).as(as).isGreaterThanOrEqualTo(Math.max(before, reached));
        assertThat(store.check().events()).as(as).isEqualTo(marked);
        ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
        assertThat(store.read(all).finish(all)).as(as).hasSize(marked);
        Row sums =
            store
                .aggregate(
                    Aggregate.of(
                        Filter.EVERYTHING,
                        Measure.count(),
                        Measure.distinct(Attribute.of(Field.SESSION_ID))))
                .getFirst();
        assertThat(sums.whole(0)).as(as).isEqualTo(marked);
        assertThat(sums.whole(1)).as(as).isEqualTo((marked + 49) / 50);
        before = marked;
      }
    }
  }
}
