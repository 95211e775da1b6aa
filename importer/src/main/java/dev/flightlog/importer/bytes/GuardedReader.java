package dev.flightlog.importer.bytes;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RowReader;

/**
 * Reads records with a reader that may fail in ways nobody foresaw: a record that makes it fail is
 * refused, with the reason, and the batch is as if that record had not been there. Not thread-safe.
 */
public final class GuardedReader {
  private final RowReader reader;

  /** Reads with this reader. */
  public GuardedReader(RowReader reader) {
    this.reader = reader;
  }

  /** The reader itself. */
  public RowReader reader() {
    return reader;
  }

  /** Reads a record; it is refused, too, when it is not JSON or the reader fails on it. */
  public Reading read(byte[] bytes, int from, int to, long offset, EventBatch out) {
    try {
      return reader.read(bytes, from, to, offset, out);
    } catch (JsonException notOneObject) {
      out.cancel();
      return Reading.INCOMPLETE;
    } catch (RuntimeException unexpected) {
      out.cancel();
      return new Reading.Refused("the reader failed on this record: " + unexpected);
    }
  }

  /** True when these bytes are a record of the format for certain. */
  public boolean recognises(byte[] bytes, int from, int to) {
    try {
      return reader.recognises(bytes, from, to);
    } catch (RuntimeException noRecord) {
      return false;
    }
  }
}
