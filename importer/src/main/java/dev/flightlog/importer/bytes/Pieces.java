package dev.flightlog.importer.bytes;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.formats.reading.Reading;

/**
 * Takes a line apart that is not one record: objects that are complete are read, only the rest is
 * garbage.
 *
 * <pre>
 *   {…}{…}            two records
 *   {…}{"a":"b        a record, garbage
 *   {"a":"b{…}        garbage, a record: it ends the line and is a record for certain
 *   NUL NUL {…}       garbage, a record
 * </pre>
 *
 * <p>Within garbage an object may be a part of a torn one; so it counts only when nothing but
 * another object follows it, and when the reader is sure. The work is bounded by a multiple of the
 * line's length.
 */
public final class Pieces {
  private static final int TRIES = 16;
  private static final String INCOMPLETE = "not a complete record";

  private final JsonReader json = new JsonReader();
  private long budget;

  /** Takes garbage. */
  public interface Garbage {
    void piece(int from, int to, String reason);
  }

  /** Reads what can be read and tells what cannot. */
  public void takeApart(
      byte[] bytes,
      int from,
      int to,
      long offset,
      GuardedReader reader,
      EventBatch out,
      Garbage garbage) {
    budget = (long) TRIES * (to - from) + 4096;
    String reason = INCOMPLETE;
    int bad = -1;
    int at = from;
    while (at < to) {
      if (bad < 0 && isSpace(bytes[at])) {
        at++;
        continue;
      }
      int end = bytes[at] == '{' ? objectEnd(bytes, at, to) : -1;
      if (end < 0) {
        reason = bad < 0 ? INCOMPLETE : reason;
        bad = bad < 0 ? at : bad;
        at = nextBrace(bytes, at + 1, to);
        continue;
      }
      boolean certain = bad < 0 || (endsPiece(bytes, end, to) && reader.recognises(bytes, at, end));
      Reading reading =
          certain ? reader.read(bytes, at, end, offset + at - from, out) : Reading.INCOMPLETE;
      switch (reading) {
        case Reading.Known known -> bad = garbageUntil(at, bad, reason, garbage);
        case Reading.Unknown unknown -> bad = garbageUntil(at, bad, reason, garbage);
        case Reading.Refused refused -> {
          reason = bad < 0 ? refused.reason() : reason;
          bad = bad < 0 ? at : bad;
        }
      }
      at = end;
    }
    if (bad >= 0) {
      garbage.piece(bad, trimmed(bytes, bad, to), reason);
    }
  }

  private static int garbageUntil(int at, int bad, String reason, Garbage garbage) {
    if (bad >= 0) {
      garbage.piece(bad, at, reason);
    }
    return -1;
  }

  /**
   * Reads the complete objects with which a line begins.
   *
   * @return where the rest begins
   */
  public int readLeading(
      byte[] bytes, int from, int to, long offset, GuardedReader reader, EventBatch out) {
    budget = (long) TRIES * (to - from) + 4096;
    int at = from;
    for (; ; ) {
      int start = at;
      while (start < to && isSpace(bytes[start])) {
        start++;
      }
      int end = start < to && bytes[start] == '{' ? objectEnd(bytes, start, to) : -1;
      if (end < 0
          || reader.read(bytes, start, end, offset + start - from, out)
              instanceof Reading.Refused) {
        return start;
      }
      at = end;
    }
  }

  private int objectEnd(byte[] bytes, int at, int to) {
    if (budget <= 0) {
      return -1;
    }
    json.reset(bytes, at, to);
    try {
      json.skip();
      return json.position();
    } catch (JsonException torn) {
      return -1;
    } finally {
      budget -= json.position() - at;
    }
  }

  private static boolean endsPiece(byte[] bytes, int end, int to) {
    int i = end;
    while (i < to && isSpace(bytes[i])) {
      i++;
    }
    return i == to || bytes[i] == '{';
  }

  private static int nextBrace(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '{') {
      i++;
    }
    return i;
  }

  private static int trimmed(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from + 1 && isSpace(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  /** True for a blank between records. */
  public static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
