package dev.flightlog.event;

import dev.flightlog.event.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Makes event ids: 128 bits as 26 characters of Crockford base 32. An id of our own is a ULID
 * (github.com/ulid/spec: 48 bits of milliseconds, 80 of randomness, increasing within one
 * generator); a foreign one is the head of a SHA-256 over its key, so that the same thing met twice
 * has the same id.
 *
 * <p>An instance belongs to one thread; {@link #ofKey} is for any.
 */
public final class EventIds {
  /** The characters of an id. */
  public static final int LENGTH = 26;

  private static final byte[] DIGITS =
      "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] IS_DIGIT = new boolean[128];

  static {
    for (byte digit : DIGITS) {
      IS_DIGIT[digit] = true;
    }
  }

  private static final SecureRandom SEEDS = new SecureRandom();

  private long state = SEEDS.nextLong();
  private final long gamma = SEEDS.nextLong() | 1;
  private long lastMillis = Long.MIN_VALUE;
  private long high;
  private long low;

  /**
   * Writes the id of an event that happened at this time to 26 bytes. Later calls give larger ids.
   */
  public void next(long epochMillis, byte[] out, int at) {
    if (epochMillis > lastMillis) {
      lastMillis = epochMillis;
      high = epochMillis << 16 | random() >>> 48;
      low = random() >>> 1;
    } else {
      low += 1 + (random() >>> 40);
      if (low < 0) {
        low &= Long.MAX_VALUE;
        high++;
      }
    }
    write(high, low, out, at);
  }

  /** The id of a foreign event, from its key such as {@code tool_call:toolu_01}. */
  public static String ofKey(String key) {
    byte[] digest = Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8));
    byte[] out = new byte[LENGTH];
    write(eight(digest, 0), eight(digest, 8), out, 0);
    return new String(out, StandardCharsets.US_ASCII);
  }

  /** True for 26 characters of Crockford's alphabet in upper case. */
  public static boolean isWellFormed(String id) {
    if (id.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = id.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean letter = c >= 'A' && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U';
      if (!digit && !letter) {
        return false;
      }
    }
    return true;
  }

  /** The same of a text in UTF-8. */
  static boolean isWellFormed(byte[] utf8, int from, int to) {
    boolean all = to - from == LENGTH;
    for (int i = from; all && i < to; i++) {
      all = utf8[i] >= 0 && IS_DIGIT[utf8[i]];
    }
    return all;
  }

  private static void write(long high, long low, byte[] out, int at) {
    // 130 bits in 26 digits of five: the first digit holds the two bits that are too many.
    out[at] = DIGITS[(int) (high >>> 61)];
    for (int i = 1; i < 13; i++) {
      out[at + i] = DIGITS[(int) (high >>> (61 - 5 * i)) & 31];
    }
    out[at + 13] = DIGITS[(int) ((high << 4 | low >>> 60) & 31)];
    for (int i = 14; i < LENGTH; i++) {
      out[at + i] = DIGITS[(int) (low >>> (55 - 5 * (i - 14))) & 31];
    }
  }

  /** SplitMix64 (Steele, Lea, Flood 2014). */
  private long random() {
    long z = state += gamma;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  private static long eight(byte[] bytes, int from) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | bytes[from + i] & 0xff;
    }
    return value;
  }
}
