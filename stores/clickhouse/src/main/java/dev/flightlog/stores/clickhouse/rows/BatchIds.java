package dev.flightlog.stores.clickhouse.rows;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;

/** The ids of a batch: as rows to be sent, and which of them stand there twice. Stateless. */
public final class BatchIds {
  private static final int FACTOR = 0x01000193;

  private final EventBatch batch;
  private final BitSet repeated;

  private BatchIds(EventBatch batch, BitSet repeated) {
    this.batch = batch;
    this.repeated = repeated;
  }

  public static BatchIds of(EventBatch batch) {
    int size = batch.size();
    int mask = Integer.highestOneBit(Math.max(8, size)) * 4 - 1;
    int[] table = new int[mask + 1];
    BitSet repeated = new BitSet(size);
    for (int row = 0; row < size; row++) {
      int at = hash(batch, row) & mask;
      while (table[at] != 0 && !isEqual(batch, table[at] - 1, row)) {
        at = (at + 1) & mask;
      }
      if (table[at] == 0) {
        table[at] = row + 1;
      } else {
        repeated.set(table[at] - 1);
        repeated.set(row);
      }
    }
    return new BatchIds(batch, repeated);
  }

  private static int hash(EventBatch batch, int row) {
    byte[] bytes = batch.bytes();
    int from = batch.offset(row, Field.ID);
    int to = from + batch.length(row, Field.ID);
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * FACTOR;
    }
    return hash ^ hash >>> 15;
  }

  private static boolean isEqual(EventBatch batch, int a, int b) {
    int fromA = batch.offset(a, Field.ID);
    int fromB = batch.offset(b, Field.ID);
    byte[] bytes = batch.bytes();
    return Arrays.equals(
        bytes,
        fromA,
        fromA + batch.length(a, Field.ID),
        bytes,
        fromB,
        fromB + batch.length(b, Field.ID));
  }

  /** Whether another row has the id of this one. */
  public boolean isRepeated(int row) {
    return repeated.get(row);
  }

  /** All ids in the format RowBinary: one column, a String. */
  public byte[] encoded() {
    int size = batch.size();
    ByteArrayOutputStream rows = new ByteArrayOutputStream(size * 28);
    for (int row = 0; row < size; row++) {
      int length = batch.length(row, Field.ID);
      int rest = length;
      while (rest > 0x7f) {
        rows.write(rest & 0x7f | 0x80);
        rest >>>= 7;
      }
      rows.write(rest);
      rows.write(batch.bytes(), batch.offset(row, Field.ID), length);
    }
    return rows.toByteArray();
  }
}
