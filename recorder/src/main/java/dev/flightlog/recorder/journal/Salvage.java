package dev.flightlog.recorder.journal;

import java.nio.ByteBuffer;

/**
 * Tells the sound records of a dead process's ring from damaged ones, so that a flipped bit costs
 * its record and not those behind it. Stateless.
 */
final class Salvage {
  private Salvage() {}

  /** Whether what begins here can be what its owner has written, and fits before the limit. */
  static boolean isSound(Ring ring, long at, long limit) {
    long header = ring.header(at);
    if (header == 0) {
      return true;
    }
    if (header < 0) {
      return header > -Integer.MAX_VALUE && (header & 7) == 0 && -header <= limit - at;
    }
    if (Ring.isPadding(header)) {
      return Ring.nameLength(header) == 0
          && (Ring.length(header) & 7) == 0
          && Ring.length(header) > 0
          && Ring.length(header) <= limit - at;
    }
    return isRecord(ring, at, header, limit);
  }

  private static boolean isRecord(Ring ring, long at, long header, long limit) {
    int name = Ring.nameLength(header);
    int line = Ring.lineLength(header);
    if (name <= 0 || name > Intent.MAX_NAME || line < 3 || Ring.room(header) > limit - at) {
      return false;
    }
    int start = ring.nameAt(at);
    ByteBuffer bytes = ring.bytes();
    int end = start + name + line;
    return end <= bytes.capacity()
        && bytes.get(end - 1) == '\n'
        && bytes.get(end - 2) == '}'
        && bytes.get(start + name) == '{'
        && JournalFiles.isJournalName(name(bytes, start, name));
  }

  private static String name(ByteBuffer bytes, int start, int length) {
    byte[] name = new byte[length];
    bytes.get(start, name);
    return new String(name, java.nio.charset.StandardCharsets.US_ASCII);
  }

  /** Where the next sound record begins at or behind this position; the limit when none does. */
  static long next(Ring ring, long from, long limit) {
    for (long at = from; at < limit; at += Long.BYTES) {
      if (ring.header(at) > 0 && isSound(ring, at, limit)) {
        return at;
      }
    }
    return limit;
  }
}
