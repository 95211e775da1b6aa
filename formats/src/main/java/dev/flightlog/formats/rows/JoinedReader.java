package dev.flightlog.formats.rows;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RowReader;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A reader of occurrences and the rows that are made of them, as one. */
public final class JoinedReader implements RowReader {
  private final OccurrenceReader reader;
  private final OccurrenceRows rows;

  /** Reads with this reader into these rows. */
  public JoinedReader(OccurrenceReader reader, OccurrenceRows rows) {
    this.reader = reader;
    this.rows = rows;
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, EventBatch out)
      throws JsonException {
    return reader.read(bytes, from, to, offset, rows.into(out));
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    return reader.recognises(bytes, from, to);
  }

  @Override
  public void flush(EventBatch out) {
    reader.flush(rows.into(out));
    rows.flush();
  }

  @Override
  public void save(JsonWriter state) {
    reader.save(state);
    rows.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    reader.restore(state);
    rows.restore(state);
  }

  @Override
  public Set<String> sessions() {
    return rows.sessions();
  }

  @Override
  public Map<String, Long> strangeFields() {
    return reader.strangeFields();
  }
}
