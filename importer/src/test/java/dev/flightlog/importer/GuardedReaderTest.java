package dev.flightlog.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RowReader;
import dev.flightlog.importer.bytes.GuardedReader;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardedReaderTest {
  /** Fails in a way that nobody has foreseen. */
  private static final class Failing implements RowReader {
    @Override
    public Reading read(byte[] bytes, int from, int to, long offset, EventBatch out) {
      throw new ArrayIndexOutOfBoundsException("of the reader");
    }

    @Override
    public boolean recognises(byte[] bytes, int from, int to) {
      throw new IllegalStateException("of the reader");
    }

    @Override
    public void flush(EventBatch out) {}

    @Override
    public void save(JsonWriter state) {}

    @Override
    public void restore(Map<String, @Nullable Object> state) {}

    @Override
    public Set<String> sessions() {
      return Set.of();
    }
  }

  @Test
  void aRecordOnWhichItsReaderFailsIsRefusedWithTheReason() {
    GuardedReader reader = new GuardedReader(new Failing());
    byte[] record = "{}".getBytes(UTF_8);
    assertThat(reader.read(record, 0, 2, 0, new EventBatch()))
        .isInstanceOfSatisfying(
            Reading.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("failed on this record")
                    .contains("ArrayIndexOutOfBoundsException: of the reader"));
    assertThat(reader.recognises(record, 0, 2)).isFalse();
  }
}
