package dev.flightlog.formats.reading;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonWriter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of one file into rows. It may hold back what belongs together until {@link
 * #flush}, and what it must remember beyond that goes into its state, so that reading can go on at
 * any record in another process. Belongs to one thread.
 */
public interface RowReader {
  /**
   * Reads one JSON value that is a whole record.
   *
   * @param offset where the record begins in the decompressed stream
   * @throws JsonException when it is not JSON; then nothing was added to the batch
   */
  Reading read(byte[] bytes, int from, int to, long offset, EventBatch out) throws JsonException;

  /**
   * True when these bytes, found between damaged ones, are a record of this format for certain and
   * not a part of one.
   */
  boolean recognises(byte[] bytes, int from, int to);

  /** Adds everything that was held back. */
  void flush(EventBatch out);

  /** Writes the members of a small object from which {@link #restore} goes on. */
  void save(JsonWriter state);

  /** Goes on from a saved state. */
  void restore(Map<String, @Nullable Object> state);

  /** The ids of the sessions met so far. */
  Set<String> sessions();

  /** How often fields were met that are not known of their record, by record and name. */
  default Map<String, Long> strangeFields() {
    return Map.of();
  }
}
