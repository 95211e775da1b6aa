package dev.flightlog.stores.sqlite;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/** Looks at the ids of one batch after another. Not safe for several threads. */
final class BatchIds {
  private int[] slots = new int[1024];
  private long[] hashes = new long[512];
  private String least = "";
  private String greatest = "";

  /** The rows that are of mode COMPLETE, and those whose id an earlier row has. */
  BitSet notFirst(EventBatch batch) {
    int size = batch.size();
    if (slots.length < size * 2) {
      slots = new int[Integer.highestOneBit(size) * 4];
    } else {
      Arrays.fill(slots, 0);
    }
    if (hashes.length < size) {
      hashes = new long[size * 2];
    }
    BitSet rows = new BitSet();
    int min = -1;
    int max = -1;
    for (int row = 0; row < size; row++) {
      if (!isFirst(batch, row) || batch.mode(row) == Mode.COMPLETE) {
        rows.set(row);
      }
      min = min < 0 || compare(batch, row, min) < 0 ? row : min;
      max = max < 0 || compare(batch, row, max) > 0 ? row : max;
    }
    least = min < 0 ? "" : id(batch, min);
    greatest = max < 0 ? "" : id(batch, max);
    return rows;
  }

  private boolean isFirst(EventBatch batch, int row) {
    long hash = hash(batch, row);
    hashes[row] = hash;
    int slot = (int) hash & (slots.length - 1);
    for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      if (compare(batch, row, slots[slot] - 1) == 0) {
        return false;
      }
    }
    slots[slot] = row + 1;
    return true;
  }

  /** FNV-1a, then the last step of MurmurHash3 so that all bits depend on all bytes. */
  private static long hash(EventBatch batch, int row) {
    byte[] bytes = batch.bytes();
    int from = batch.offset(row, Field.ID);
    int to = from + batch.length(row, Field.ID);
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }

  /** The hash of the id of a row of the batch looked at last. */
  long hash(int row) {
    return hashes[row];
  }

  private static int compare(EventBatch batch, int a, int b) {
    byte[] bytes = batch.bytes();
    int x = batch.offset(a, Field.ID);
    int y = batch.offset(b, Field.ID);
    return Arrays.compareUnsigned(
        bytes, x, x + batch.length(a, Field.ID), bytes, y, y + batch.length(b, Field.ID));
  }

  private static String id(EventBatch batch, int row) {
    return new String(
        batch.bytes(),
        batch.offset(row, Field.ID),
        batch.length(row, Field.ID),
        StandardCharsets.UTF_8);
  }

  /** The least id of the batch looked at last, by bytes. */
  String least() {
    return least;
  }

  String greatest() {
    return greatest;
  }
}
