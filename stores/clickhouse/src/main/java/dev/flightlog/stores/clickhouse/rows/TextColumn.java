package dev.flightlog.stores.clickhouse.rows;

import java.util.Arrays;

/** A column of texts that are mostly different ones. */
final class TextColumn extends BlockColumn {
  private final int rows;
  private final byte[] nulls;
  private byte[] texts = new byte[0];
  private int used;

  /** The row behind the last one that has a text. */
  private int next;

  TextColumn(String name, boolean required, int rows) {
    super(name, required);
    this.rows = rows;
    this.nulls = new byte[required ? 0 : rows];
    Arrays.fill(nulls, (byte) 1);
  }

  void put(int row, byte[] utf8, int from, int count) {
    passOver(row);
    room((long) count + NativeBlock.MOST_LENGTH);
    used = NativeBlock.putLength(texts, used, count);
    System.arraycopy(utf8, from, texts, used, count);
    used += count;
    next = row + 1;
    if (!isRequired()) {
      nulls[row] = 0;
    }
  }

  /** Rows without a text have an empty one below their null. */
  private void passOver(int row) {
    int empty = row - next;
    room(empty);
    Arrays.fill(texts, used, used + empty, (byte) 0);
    used += empty;
    next = row;
  }

  private void room(long more) {
    if (used + more > texts.length) {
      long least = Math.max(used + more, Math.max(1024, texts.length * 2L));
      texts = Arrays.copyOf(texts, Math.toIntExact(Math.min(least, Integer.MAX_VALUE - 8)));
    }
  }

  @Override
  boolean isEmpty() {
    return next == 0;
  }

  @Override
  String type() {
    return isRequired() ? "String" : "Nullable(String)";
  }

  @Override
  long valuesSize() {
    return (long) nulls.length + used + (rows - next);
  }

  @Override
  void writeValues(NativeBlock block) {
    passOver(rows);
    block.raw(nulls, nulls.length);
    block.raw(texts, used);
  }
}
