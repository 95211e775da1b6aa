package dev.flightlog.stores.clickhouse.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A column of few different texts: each is sent once, and then its number a row, as ClickHouse
 * keeps {@code LowCardinality}. Number 0 is the empty text, or null.
 */
final class DictionaryColumn extends BlockColumn {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  /** The version of how dictionaries are written. */
  private static final long SHARED_AND_OWN_KEYS = 1;

  /** The keys come with the block. */
  private static final long OWN_KEYS = 1 << 9;

  /** Version, kind, count of keys and count of rows. */
  private static final long NUMBERS_BEFORE = 4 * Long.BYTES;

  private static final int MOST_OF_ONE_BYTE = 1 << 8;
  private static final int MOST_OF_TWO_BYTES = 1 << 16;

  private final int rows;
  private int[] numbers = new int[0];

  /** The keys as they are sent, one behind another, and where the text of each begins and ends. */
  private byte[] keys = new byte[1024];

  private int used = 1;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int count = 1;

  /** Numbers of keys by their hash; 0 is free. */
  private int[] table = new int[64];

  private int last;

  DictionaryColumn(String name, boolean required, int rows) {
    super(name, required);
    this.rows = rows;
    starts[0] = 1;
    ends[0] = 1;
  }

  void put(int row, byte[] utf8, int from, int length) {
    if (numbers.length == 0) {
      numbers = new int[rows];
    }
    if (last == 0 || !isKey(last, utf8, from, length)) {
      last = number(utf8, from, length);
    }
    numbers[row] = last;
  }

  private boolean isKey(int number, byte[] utf8, int from, int length) {
    return ends[number] - starts[number] == length
        && Arrays.equals(keys, starts[number], ends[number], utf8, from, from + length);
  }

  private int number(byte[] utf8, int from, int length) {
    int mask = table.length - 1;
    int at = hash(utf8, from, length) & mask;
    while (table[at] != 0) {
      if (isKey(table[at], utf8, from, length)) {
        return table[at];
      }
      at = (at + 1) & mask;
    }
    int number = add(utf8, from, length);
    table[at] = number;
    if (count * 2 > table.length) {
      grow();
    }
    return number;
  }

  private int add(byte[] utf8, int from, int length) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    long needed = (long) used + length + NativeBlock.MOST_LENGTH;
    if (needed > keys.length) {
      keys = Arrays.copyOf(keys, Math.toIntExact(Math.max(needed, keys.length * 2L)));
    }
    used = NativeBlock.putLength(keys, used, length);
    System.arraycopy(utf8, from, keys, used, length);
    starts[count] = used;
    used += length;
    ends[count] = used;
    return count++;
  }

  private void grow() {
    table = new int[table.length * 4];
    int mask = table.length - 1;
    for (int number = 1; number < count; number++) {
      int at = hash(keys, starts[number], ends[number] - starts[number]) & mask;
      while (table[at] != 0) {
        at = (at + 1) & mask;
      }
      table[at] = number;
    }
  }

  private static int hash(byte[] bytes, int from, int length) {
    long hash = length * FACTOR;
    int at = from;
    int end = from + length;
    for (; at + 8 <= end; at += 8) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * FACTOR;
      hash ^= hash >>> 32;
    }
    for (; at < end; at++) {
      hash = (hash ^ bytes[at]) * FACTOR;
    }
    return (int) (hash ^ hash >>> 29);
  }

  @Override
  boolean isEmpty() {
    return numbers.length == 0;
  }

  @Override
  String type() {
    return "LowCardinality(" + (isRequired() ? "String" : "Nullable(String)") + ")";
  }

  private int width() {
    return count <= MOST_OF_ONE_BYTE ? 1 : count <= MOST_OF_TWO_BYTES ? 2 : 4;
  }

  @Override
  long valuesSize() {
    return NUMBERS_BEFORE + used + (long) width() * rows;
  }

  @Override
  void writeValues(NativeBlock block) {
    int width = width();
    block.whole(SHARED_AND_OWN_KEYS);
    block.whole(OWN_KEYS | width >> 1);
    block.whole(count);
    block.raw(keys, used);
    block.whole(rows);
    byte[] all = new byte[rows * width];
    for (int row = 0; row < numbers.length; row++) {
      switch (width) {
        case 1 -> all[row] = (byte) numbers[row];
        case 2 -> SHORTS.set(all, row * 2, (short) numbers[row]);
        default -> INTS.set(all, row * 4, numbers[row]);
      }
    }
    block.raw(all, all.length);
  }
}
