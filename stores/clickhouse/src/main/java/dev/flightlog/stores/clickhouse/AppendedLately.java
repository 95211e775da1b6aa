package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ids of the append before, with their sessions: should another program have forgotten them
 * while they were on their way. Not safe for several threads.
 */
final class AppendedLately {
  private byte[] bytes = new byte[0];
  private int[] ends = new int[0];
  private String[] sessions = new String[0];

  /** Holds the ids of these rows in the place of those before. */
  void hold(EventBatch batch) {
    int size = batch.size();
    int total = 0;
    for (int row = 0; row < size; row++) {
      total += batch.length(row, Field.ID);
    }
    bytes = new byte[total];
    ends = new int[size];
    sessions = new String[size];
    int at = 0;
    for (int row = 0; row < size; row++) {
      int length = batch.length(row, Field.ID);
      System.arraycopy(batch.bytes(), batch.offset(row, Field.ID), bytes, at, length);
      at += length;
      ends[row] = at;
      sessions[row] =
          row > 0 && hasSameSession(batch, row)
              ? sessions[row - 1]
              : String.valueOf(batch.text(row, Field.SESSION_ID));
    }
  }

  private static boolean hasSameSession(EventBatch batch, int row) {
    if (!batch.has(row, Field.SESSION_ID) || !batch.has(row - 1, Field.SESSION_ID)) {
      return false;
    }
    int from = batch.offset(row, Field.SESSION_ID);
    int before = batch.offset(row - 1, Field.SESSION_ID);
    byte[] all = batch.bytes();
    return Arrays.equals(
        all,
        from,
        from + batch.length(row, Field.SESSION_ID),
        all,
        before,
        before + batch.length(row - 1, Field.SESSION_ID));
  }

  boolean isEmpty() {
    return ends.length == 0;
  }

  void clear() {
    bytes = new byte[0];
    ends = new int[0];
    sessions = new String[0];
  }

  /** Those that were forgotten. */
  List<String> coveredBy(TombstoneTable tombstones) {
    List<String> covered = new ArrayList<>();
    int at = 0;
    for (int row = 0; row < ends.length; row++) {
      String id = new String(bytes, at, ends[row] - at, StandardCharsets.UTF_8);
      at = ends[row];
      if (tombstones.covers(id, sessions[row])) {
        covered.add(id);
      }
    }
    return covered;
  }
}
