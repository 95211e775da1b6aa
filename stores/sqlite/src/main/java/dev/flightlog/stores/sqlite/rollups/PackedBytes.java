package dev.flightlog.stores.sqlite.rollups;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a roll-up, written and read from the front: whole numbers in groups of seven bits,
 * the last without its top bit; signed ones folded so that small stays small. Not safe for several
 * threads.
 */
final class PackedBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Bytes without their top bit end a number. */
  private static final long LAST_OF_NUMBERS = 0x8080_8080_8080_8080L;

  private byte[] bytes;
  private int at;

  /** Begins to write. */
  PackedBytes() {
    this(new byte[256]);
  }

  /** Begins to read. */
  PackedBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, at);
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  private void room(int count) {
    if (at + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(at + count, bytes.length * 2));
    }
  }

  /** Writes a number; a negative one takes ten bytes. */
  void whole(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  long whole() {
    long value = bytes[at++];
    if (value >= 0) {
      return value;
    }
    value &= 0x7f;
    for (int shift = 7; ; shift += 7) {
      long next = bytes[at++];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** Reads past so many numbers, whole or signed. */
  void skip(int numbers) {
    byte[] from = bytes;
    int next = at;
    int left = numbers;
    while (left >= Long.BYTES && next + Long.BYTES <= from.length) {
      left -= Long.bitCount(~(long) LONGS.get(from, next) & LAST_OF_NUMBERS);
      next += Long.BYTES;
    }
    while (left > 0) {
      left -= from[next++] >= 0 ? 1 : 0;
    }
    at = next;
  }

  int size() {
    return (int) whole();
  }

  /** Reads so many sizes, each of them how much a number is larger than the one before. */
  void ascending(int[] into, int count) {
    byte[] from = bytes;
    int next = at;
    int number = 0;
    for (int i = 0; i < count; i++) {
      int more = from[next++];
      if (more < 0) {
        more &= 0x7f;
        for (int shift = 7; ; shift += 7) {
          int high = from[next++];
          more |= (high & 0x7f) << shift;
          if (high >= 0) {
            break;
          }
        }
      }
      number += more;
      into[i] = number;
    }
    at = next;
  }

  void signed(long value) {
    whole(value << 1 ^ value >> 63);
  }

  long signed() {
    long folded = whole();
    return folded >>> 1 ^ -(folded & 1);
  }

  /** A number that is whole takes little; another one nine bytes. */
  void real(double value) {
    long whole = (long) value;
    if (whole == value
        && Math.abs(value) < 1e15
        && Double.doubleToRawLongBits(value) != Long.MIN_VALUE) {
      signed(whole << 1);
    } else {
      signed(1);
      room(8);
      long bits = Double.doubleToRawLongBits(value);
      for (int i = 0; i < 8; i++) {
        bytes[at++] = (byte) (bits >>> 8 * i);
      }
    }
  }

  double real() {
    long folded = signed();
    if ((folded & 1) == 0) {
      return folded >> 1;
    }
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits |= (bytes[at++] & 0xffL) << 8 * i;
    }
    return Double.longBitsToDouble(bits);
  }

  void text(String text) {
    text(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same of a text in UTF-8. */
  void text(byte[] utf8) {
    whole(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, at, utf8.length);
    at += utf8.length;
  }

  String text() {
    int length = size();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }
}
