package dev.flightlog.formats.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wire form of protobuf: fields with a number and a type, one after another. Every length
 * is checked against what surrounds it, so that no bytes make it read elsewhere, allocate more than
 * they weigh, or run on. Not thread-safe.
 */
final class Wire {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;

  final byte[] bytes;
  private int at;
  private final int end;
  private int field;
  private int type;

  Wire(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    at = from;
    end = to;
  }

  /** Goes to the next field; false at the end. What was not read of the one before is lost. */
  boolean next() {
    if (at == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    if (tag >>> 3 == 0 || tag >>> 3 > 0x1fffffff) {
      throw new BadRecordException("the protobuf has no field " + (tag >>> 3));
    }
    return true;
  }

  /** The number of the field, negative when it is not of the type that this number has. */
  int field(int expected) {
    return type == expected ? field : -field;
  }

  int field() {
    return field;
  }

  int type() {
    return type;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at == end) {
        throw cut();
      }
      byte b = bytes[at++];
      value |= shift < 64 ? (long) (b & 0x7f) << shift : 0;
      if (b >= 0) {
        return value;
      }
    }
    throw new BadRecordException("the protobuf has a number of more than ten bytes");
  }

  long fixed64() {
    need(8);
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | bytes[at + i] & 0xff;
    }
    at += 8;
    return value;
  }

  double real() {
    return Double.longBitsToDouble(fixed64());
  }

  /** The message, string or bytes that begins here. */
  Wire message() {
    int length = length();
    Wire inner = new Wire(bytes, at, at + length);
    at += length;
    return inner;
  }

  String string() {
    int length = length();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** A string of which few come again and again: the same object for the same bytes. */
  String string(KnownStrings known) {
    int length = length();
    String text = known.of(bytes, at, at + length);
    at += length;
    return text;
  }

  /** Bytes as lower-case hexadecimal digits. */
  String hex() {
    int length = length();
    String text = HexFormat.of().formatHex(bytes, at, at + length);
    at += length;
    return text;
  }

  byte[] copy() {
    int length = length();
    byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return copy;
  }

  int from() {
    return at;
  }

  int to() {
    return end;
  }

  /** Passes over the value of a field. */
  void skip() {
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> fixed64();
      case BYTES -> {
        int length = length();
        at += length;
      }
      case FIXED32 -> {
        need(4);
        at += 4;
      }
      case START_GROUP -> group(field);
      default -> throw new BadRecordException("the protobuf has a value of type " + type);
    }
  }

  /** Passes over a group, which nobody writes any more, without recursion. */
  private void group(int first) {
    int[] open = new int[32];
    int depth = 0;
    open[depth++] = first;
    while (depth > 0) {
      if (!next()) {
        throw cut();
      }
      if (type == START_GROUP) {
        if (depth == open.length) {
          throw new BadRecordException("the protobuf is nested too deep");
        }
        open[depth++] = field;
      } else if (type == END_GROUP) {
        if (open[--depth] != field) {
          throw new BadRecordException("the protobuf ends a group that it did not begin");
        }
      } else {
        skip();
      }
    }
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw cut();
    }
    return (int) length;
  }

  private void need(int count) {
    if (end - at < count) {
      throw cut();
    }
  }

  private static BadRecordException cut() {
    return new BadRecordException("the protobuf ends within a value");
  }

  /**
   * The names that come with every record, such as those of attributes: each is decoded and hashed
   * once. Bounded: a name takes the place of another. Belongs to one thread.
   */
  static final class KnownStrings {
    private static final int PLACES = 128;
    private static final int LONGEST = 100;

    private final byte[][] keys = new byte[PLACES][];
    private final @Nullable String[] texts = new String[PLACES];

    KnownStrings() {
      Arrays.fill(keys, new byte[0]);
    }

    /** The text of these bytes. */
    String of(byte[] bytes, int from, int to) {
      int length = to - from;
      if (length == 0) {
        return "";
      }
      if (length > LONGEST) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
      }
      int hash = length;
      for (int i = from; i < to; i++) {
        hash = hash * 31 + bytes[i];
      }
      int place = (hash ^ hash >>> 15) & (PLACES - 1);
      String known = texts[place];
      if (known != null && Arrays.equals(keys[place], 0, keys[place].length, bytes, from, to)) {
        return known;
      }
      String text = new String(bytes, from, length, StandardCharsets.UTF_8);
      keys[place] = Arrays.copyOfRange(bytes, from, to);
      texts[place] = text;
      return text;
    }
  }
}
