package dev.flightlog.stores.clickhouse.rows;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of the table {@code events} on their way into it: events as they are to be from now on, and
 * gravestones that hide where they stood before. Not safe for several threads.
 */
public final class EventBlock {
  private static final int OWN_COLUMNS = 6;
  private static final byte[] NOTHING = new byte[0];

  private final DetailFacts facts = new DetailFacts();
  private final NativeBlock block = new NativeBlock();

  private EventBatch[] batches = new EventBatch[64];
  private int[] rows = new int[64];
  private long[] versions = new long[64];
  private int[] places = new int[64];
  private boolean[] deleted = new boolean[64];
  private boolean[] aside = new boolean[64];
  private int size;

  public boolean isEmpty() {
    return size == 0;
  }

  public int size() {
    return size;
  }

  /**
   * Adds an event.
   *
   * @param waits whether it waits for its beginning
   * @param place its place among those of this block, in the order of arrival
   */
  public void add(EventBatch batch, int row, long version, boolean waits, int place) {
    put(batch, row, version);
    aside[size] = waits;
    places[size++] = place;
  }

  /** Hides what stood at the time and id of this row. */
  public void bury(EventBatch batch, int row, long version) {
    put(batch, row, version);
    deleted[size++] = true;
  }

  private void put(EventBatch batch, int row, long version) {
    if (size == rows.length) {
      batches = Arrays.copyOf(batches, size * 2);
      rows = Arrays.copyOf(rows, size * 2);
      versions = Arrays.copyOf(versions, size * 2);
      places = Arrays.copyOf(places, size * 2);
      deleted = Arrays.copyOf(deleted, size * 2);
      aside = Arrays.copyOf(aside, size * 2);
    }
    batches[size] = batch;
    rows[size] = row;
    versions[size] = version;
  }

  /** The names of all columns, for an INSERT. */
  public static String columns() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Field.count(); i++) {
      names.add(EventRow.column(Field.at(i)));
    }
    for (int i = 0; i < HotDetail.count(); i++) {
      names.add(HotDetail.at(i).column());
    }
    names.addAll(List.of("present", "details_plain", "version", "deleted", "aside", "place"));
    return String.join(", ", names);
  }

  /** The rows in ClickHouse's format Native. */
  public byte[] encoded() {
    block.begin(Field.count() + HotDetail.count() + OWN_COLUMNS, size);
    for (int i = 0; i < Field.count(); i++) {
      field(Field.at(i));
    }
    details();
    block.column("version", "UInt64");
    for (int i = 0; i < size; i++) {
      block.whole(versions[i]);
    }
    block.column("deleted", "UInt8");
    for (int i = 0; i < size; i++) {
      block.oneByte(deleted[i] ? 1 : 0);
    }
    block.column("aside", "UInt8");
    for (int i = 0; i < size; i++) {
      block.oneByte(aside[i] ? 1 : 0);
    }
    block.column("place", "UInt32");
    for (int i = 0; i < size; i++) {
      block.small(places[i]);
    }
    return block.toByteArray();
  }

  private void field(Field field) {
    boolean required = EventRow.isRequired(field);
    String type = EventRow.type(field.kind());
    block.column(EventRow.column(field), required ? type : "Nullable(" + type + ")");
    if (!required) {
      for (int i = 0; i < size; i++) {
        block.nulls(!has(i, field));
      }
    }
    switch (field.kind()) {
      case TEXT, JSON -> texts(field);
      case TIME, INTEGER -> {
        for (int i = 0; i < size; i++) {
          block.whole(has(i, field) ? batches[i].integer(rows[i], field) : 0);
        }
      }
      case REAL -> {
        for (int i = 0; i < size; i++) {
          block.real(has(i, field) ? batches[i].real(rows[i], field) : 0);
        }
      }
      case BOOLEAN -> {
        for (int i = 0; i < size; i++) {
          block.oneByte(has(i, field) && batches[i].flag(rows[i], field) ? 1 : 0);
        }
      }
    }
  }

  private void texts(Field field) {
    for (int i = 0; i < size; i++) {
      if (has(i, field)) {
        EventBatch batch = batches[i];
        block.text(batch.bytes(), batch.offset(rows[i], field), batch.length(rows[i], field));
      } else {
        block.text(NOTHING, 0, 0);
      }
    }
  }

  /** Of what is buried nothing is kept but its place. */
  private boolean has(int i, Field field) {
    return (!deleted[i] || field == Field.ID || field == Field.TIMESTAMP)
        && batches[i].has(rows[i], field);
  }

  private void details() {
    DetailColumns columns = new DetailColumns(size);
    for (int i = 0; i < size; i++) {
      if (has(i, Field.DETAILS)) {
        EventBatch batch = batches[i];
        int from = batch.offset(rows[i], Field.DETAILS);
        columns.keep(i, facts, batch.bytes(), from, from + batch.length(rows[i], Field.DETAILS));
      }
    }
    columns.write(block);
  }
}
