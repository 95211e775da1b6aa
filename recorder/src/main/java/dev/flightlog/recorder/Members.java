package dev.flightlog.recorder;

import dev.flightlog.event.Field;
import org.jspecify.annotations.Nullable;

/**
 * Text members of events that are encoded and redacted already, for a few thousand sessions,
 * workflows and agents at a time. A value has four places; when all are taken, it takes one over
 * only once in a while, so that values without end cost no garbage. For one thread.
 */
final class Members {
  private static final int WAYS = 4;
  private static final int SET_BITS = 10;

  /** Spreads neighbouring hashes. */
  private static final int GOLDEN = 0x9E3779B1;

  /** A value whose places are taken takes one over every so many times. */
  private static final int TAKE_OVER = 256;

  private record Member(Field field, String text, byte[] json) {}

  private final @Nullable Member[] all = new @Nullable Member[WAYS << SET_BITS];
  private int refused;

  private static int first(Field field, String text) {
    int hash = (text.hashCode() * 31 + field.ordinal()) * GOLDEN;
    return (hash >>> 32 - SET_BITS) * WAYS;
  }

  /** The encoded member, if it is known. */
  byte @Nullable [] get(Field field, String text) {
    int first = first(field, text);
    for (int i = first; i < first + WAYS; i++) {
      Member known = all[i];
      if (known == null) {
        return null;
      }
      if (known.field == field && known.text.equals(text)) {
        return known.json;
      }
    }
    return null;
  }

  /** Whether a value that is not known may be put now. */
  boolean admits(Field field, String text) {
    return all[first(field, text) + WAYS - 1] == null || refused++ % TAKE_OVER == 0;
  }

  /** Keeps a member that was admitted, in the first of its places that is free, or in any. */
  void put(Field field, String text, byte[] json) {
    int first = first(field, text);
    int way = 0;
    while (way < WAYS && all[first + way] != null) {
      way++;
    }
    int taken = way < WAYS ? way : refused / TAKE_OVER % WAYS;
    all[first + taken] = new Member(field, text, json);
  }
}
