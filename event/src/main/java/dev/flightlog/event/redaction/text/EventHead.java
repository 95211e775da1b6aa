package dev.flightlog.event.redaction.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of an event's line, {@code {"id":"01K...","timestamp":"2026-...+00:00"}, as the
 * recorder writes it. It is a fifth of a usual event, and what has this form holds no secret, so
 * nobody need look there.
 */
public final class EventHead {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private static final int ID = 7;
  private static final int NAME = ID + 26;
  private static final int TIME = NAME + 15;
  private static final int LENGTH = TIME + 32;
  private static final int T = TIME + 10;

  private static final long BEFORE_ID = eight("{\"id\":\"0");
  private static final long AFTER_ID = eight("\",\"times");
  private static final long BEFORE_TIME = eight("stamp\":\"");

  private EventHead() {}

  private static long eight(String text) {
    return (long) LONG.get(text.getBytes(StandardCharsets.US_ASCII), 0);
  }

  /** Where the head ends that begins at a position; the position itself if none does. */
  public static int end(byte[] bytes, int from, int to) {
    if (to - from <= LENGTH
        || at(bytes, from) != BEFORE_ID
        || at(bytes, from + NAME) != AFTER_ID
        || at(bytes, from + TIME - 8) != BEFORE_TIME
        || bytes[from + T] != 'T'
        || bytes[from + LENGTH] != '"') {
      return from;
    }
    long id =
        notIdentifying(at(bytes, from + ID))
            | notIdentifying(at(bytes, from + ID + 8))
            | notIdentifying(at(bytes, from + ID + 16))
            | notIdentifying(at(bytes, from + NAME - 8));
    long time =
        notNumeric(at(bytes, from + TIME))
            | notNumeric(at(bytes, from + T + 1))
            | notNumeric(at(bytes, from + LENGTH - 16))
            | notNumeric(at(bytes, from + LENGTH - 8))
            | notNumeric(bytes[from + T - 1] | bytes[from + T - 2] << 8);
    return ((id | time) & HIGH) == 0 ? from + LENGTH : from;
  }

  private static long at(byte[] bytes, int position) {
    return (long) LONG.get(bytes, position);
  }

  /** Has the highest bit of each byte that is neither a digit nor a capital letter. */
  private static long notIdentifying(long eight) {
    long digits = ~atLeast(eight, '0') | atLeast(eight, '9' + 1);
    long letters = ~atLeast(eight, 'A') | atLeast(eight, 'Z' + 1);
    return digits & letters | eight;
  }

  /** Has the highest bit of each byte that is no digit, colon, point or sign. */
  private static long notNumeric(long eight) {
    return atLeast(eight, ':' + 1) | eight;
  }

  /** Has the highest bit of each ASCII byte that is no less than another. */
  private static long atLeast(long eight, int least) {
    return eight + (0x80 - least) * ONES;
  }
}
