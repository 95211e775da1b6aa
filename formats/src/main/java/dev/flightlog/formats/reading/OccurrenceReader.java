package dev.flightlog.formats.reading;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Occurrence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Understands the records of one format. What it must remember goes into its state, so that reading
 * can go on at any record in another process. Belongs to one thread.
 */
public interface OccurrenceReader {
  /**
   * Reads one JSON value that is a whole record.
   *
   * @param offset where the record begins in the decompressed stream
   * @throws JsonException when it is not JSON; then nothing was told
   */
  Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out)
      throws JsonException;

  /** As {@link RowReader#recognises}. */
  boolean recognises(byte[] bytes, int from, int to);

  /** Tells what was held back; before a position is committed, and at the end. */
  default void flush(Occurrence.Sink out) {}

  /** Writes the members of a small object from which {@link #restore} goes on. */
  void save(JsonWriter state);

  /** Goes on from a saved state. */
  void restore(Map<String, @Nullable Object> state);

  /** How often fields were met that are not known of their record, by record and name. */
  default Map<String, Long> strangeFields() {
    return Map.of();
  }
}
