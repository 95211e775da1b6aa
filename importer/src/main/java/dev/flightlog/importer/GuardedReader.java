package dev.flightlog.importer;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.formats.LineReader;
import dev.flightlog.formats.LineReader.Outcome;

/**
 * Reads records with a reader that may fail in ways nobody foresaw: a record that makes it fail is
 * refused, with the reason, and the batch is as if that record had not been there. Not thread-safe.
 */
final class GuardedReader {
  private static final String INCOMPLETE = "not a complete record";

  private final LineReader reader;
  private String reason = INCOMPLETE;

  GuardedReader(LineReader reader) {
    this.reader = reader;
  }

  LineReader reader() {
    return reader;
  }

  /** Why the last refused record was refused. */
  String reason() {
    return reason;
  }

  /** Reads a record; it is refused, too, when it is not JSON or the reader fails on it. */
  Outcome read(byte[] bytes, int from, int to, long offset, EventBatch out) {
    reason = INCOMPLETE;
    try {
      return reader.read(bytes, from, to, offset, out);
    } catch (JsonException notOneObject) {
      out.cancel();
    } catch (RuntimeException unexpected) {
      out.cancel();
      reason = "the reader failed on this record: " + unexpected;
    }
    return Outcome.REFUSED;
  }

  /** True when these bytes are a record of the format for certain. */
  boolean recognises(byte[] bytes, int from, int to) {
    try {
      return reader.recognises(bytes, from, to);
    } catch (RuntimeException noRecord) {
      return false;
    }
  }
}
