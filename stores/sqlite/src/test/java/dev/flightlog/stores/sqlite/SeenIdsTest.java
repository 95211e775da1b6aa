package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenIdsTest {
  private static final int BATCH = 2_000;

  private final EventIds ids = new EventIds();
  private final BatchIds batch = new BatchIds();
  private final SeenIds seen = new SeenIds();

  /** Few and many ids are kept in different ways. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 30, 34, 100})
  void idsAreNewOnceWhicheverBatchTheyCameIn(int batches) {
    byte[][] met = new byte[batches * BATCH][];
    for (int i = 0; i < batches; i++) {
      for (int row = 0; row < BATCH; row++) {
        met[i * BATCH + row] = next();
      }
      assertThat(isNew(BATCH, met, i * BATCH)).isTrue();
    }
    byte[][] again = {next(), met[new Random(batches).nextInt(met.length)]};

    assertThat(isNew(1, again, 0)).isTrue();
    assertThat(isNew(1, again, 1)).isFalse();
  }

  private byte[] next() {
    byte[] id = new byte[EventIds.LENGTH];
    ids.next(1, id, 0);
    return id;
  }

  private boolean isNew(int rows, byte[][] of, int from) {
    EventBatch events = new EventBatch();
    for (int row = from; row < from + rows; row++) {
      events.begin(Mode.NEW);
      events.text(Field.ID, new String(of[row], StandardCharsets.US_ASCII));
      events.integer(Field.TIMESTAMP, row);
      events.text(Field.EVENT_TYPE, "tool_call");
      events.text(Field.CATEGORY, "execution");
      events.end();
    }
    assertThat(batch.notFirst(events).isEmpty()).isTrue();
    return seen.addAll(batch, rows);
  }
}
