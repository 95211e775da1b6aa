package dev.flightlog.stores.clickhouse.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A block of rows in ClickHouse's format Native: column after column, which the server takes
 * without looking at a row. Not safe for several threads.
 */
public final class NativeBlock {
  /** At most so many bytes a length takes. */
  static final int MOST_LENGTH = 5;

  private byte[] bytes;
  private int used;

  public NativeBlock() {
    this(1 << 16);
  }

  /** With room for so many bytes. */
  NativeBlock(long size) {
    bytes = new byte[Math.toIntExact(size)];
  }

  /** Begins a block of so many columns and rows. */
  public NativeBlock begin(int columns, int rows) {
    used = 0;
    length(columns);
    length(rows);
    return this;
  }

  /** Begins a column; its values follow, of a nullable one behind a {@link #nulls} of each row. */
  public NativeBlock column(String name, String type) {
    text(name);
    text(type);
    return this;
  }

  /** A byte of a map of nulls. */
  public void nulls(boolean isNull) {
    oneByte(isNull ? 1 : 0);
  }

  public void oneByte(int value) {
    room(1);
    bytes[used++] = (byte) value;
  }

  public void whole(long value) {
    room(8);
    long rest = value;
    for (int i = 0; i < 8; i++) {
      bytes[used++] = (byte) rest;
      rest >>>= 8;
    }
  }

  /** A UInt32. */
  public void small(int value) {
    room(4);
    int rest = value;
    for (int i = 0; i < 4; i++) {
      bytes[used++] = (byte) rest;
      rest >>>= 8;
    }
  }

  public void real(double value) {
    whole(Double.doubleToRawLongBits(value));
  }

  /** A text; null is written as the empty one, which stands below a null. */
  public void text(@Nullable String value) {
    byte[] utf8 = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
    text(utf8, 0, utf8.length);
  }

  public void text(byte[] utf8, int from, int count) {
    length(count);
    room(count);
    System.arraycopy(utf8, from, bytes, used, count);
    used += count;
  }

  /** Values as they are sent. */
  void raw(byte[] values, int count) {
    room(count);
    System.arraycopy(values, 0, bytes, used, count);
    used += count;
  }

  /** The block as it was written; the array itself when that is full. */
  public byte[] toByteArray() {
    return used == bytes.length ? bytes : Arrays.copyOf(bytes, used);
  }

  /** The bytes of a length. */
  static int sizeOfLength(int value) {
    int size = 1;
    for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }

  /** The bytes of a short text of ASCII, with its length. */
  static int sizeOfText(String ascii) {
    return sizeOfLength(ascii.length()) + ascii.length();
  }

  private void length(int value) {
    room(MOST_LENGTH);
    used = putLength(bytes, used, value);
  }

  /** Writes a length; tells where the next value stands. */
  static int putLength(byte[] bytes, int from, int value) {
    int at = from;
    int rest = value;
    while (rest > 0x7f) {
      bytes[at++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  private void room(int more) {
    if (used + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length * 2L, (long) used + more));
    }
  }
}
