package dev.flightlog.stores.clickhouse.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A block of rows in ClickHouse's format Native: column after column, which the server takes
 * without looking at a row. Not safe for several threads.
 */
public final class NativeBlock {
  private byte[] bytes = new byte[1 << 16];
  private int used;

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

  /** The block as it was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, used);
  }

  private void length(int value) {
    room(5);
    int rest = value;
    while (rest > 0x7f) {
      bytes[used++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes[used++] = (byte) rest;
  }

  private void room(int more) {
    if (used + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length * 2L, (long) used + more));
    }
  }
}
