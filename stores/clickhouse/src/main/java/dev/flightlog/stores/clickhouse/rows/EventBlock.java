package dev.flightlog.stores.clickhouse.rows;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of the table {@code events} on their way into it: events as they are to be from now on, and
 * gravestones that hide where they stood before. Not safe for several threads.
 */
public final class EventBlock {
  private static final long KEY = bit(Field.ID) | bit(Field.TIMESTAMP);

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

  /** The names of all columns. */
  public static String columns() {
    return names(new Columns(0).all());
  }

  private static String names(List<BlockColumn> columns) {
    return columns.stream().map(BlockColumn::name).collect(Collectors.joining(", "));
  }

  /** All columns, before their values. */
  private record Columns(
      FieldColumns fields,
      DetailColumns details,
      NumberColumn version,
      NumberColumn deleted,
      NumberColumn aside,
      NumberColumn place) {
    Columns(int rows) {
      this(
          new FieldColumns(rows),
          new DetailColumns(rows),
          new NumberColumn("version", "UInt64", true, rows),
          new NumberColumn("deleted", "UInt8", true, rows),
          new NumberColumn("aside", "UInt8", true, rows),
          new NumberColumn("place", "UInt32", true, rows));
    }

    List<BlockColumn> all() {
      List<BlockColumn> all = fields.all();
      all.addAll(details.all());
      all.addAll(List.of(version, deleted, aside, place));
      return all;
    }
  }

  /** The rows in the order of the table, so that the server need not sort them. */
  public EncodedRows encoded() {
    Columns columns = new Columns(size);
    int[] order = RowOrder.of(size, this::compare);
    for (int row = 0; row < size; row++) {
      put(order[row], row, columns);
    }
    List<BlockColumn> sent = columns.all().stream().filter(BlockColumn::isNeeded).toList();
    long head = NativeBlock.sizeOfLength(sent.size()) + NativeBlock.sizeOfLength(size);
    NativeBlock block = new NativeBlock(head + sent.stream().mapToLong(BlockColumn::size).sum());
    block.begin(sent.size(), size);
    sent.forEach(column -> column.write(block));
    return new EncodedRows(names(sent), block.toByteArray());
  }

  private void put(int from, int row, Columns columns) {
    EventBatch batch = batches[from];
    int source = rows[from];
    // Of what is buried nothing is kept but its place.
    long which = batch.presence(source) & (deleted[from] ? KEY : ~0L);
    columns.fields.put(row, batch, source, which);
    if ((which & bit(Field.DETAILS)) != 0) {
      int start = batch.offset(source, Field.DETAILS);
      int end = start + batch.length(source, Field.DETAILS);
      columns.details.put(row, batch.bytes(), start, end);
    }
    columns.version.put(row, versions[from]);
    columns.deleted.put(row, deleted[from] ? 1 : 0);
    columns.aside.put(row, aside[from] ? 1 : 0);
    columns.place.put(row, places[from]);
  }

  /** By time, then by id. */
  private int compare(int a, int b) {
    int byTime =
        Long.compare(
            batches[a].integer(rows[a], Field.TIMESTAMP),
            batches[b].integer(rows[b], Field.TIMESTAMP));
    if (byTime != 0) {
      return byTime;
    }
    int fromA = batches[a].offset(rows[a], Field.ID);
    int fromB = batches[b].offset(rows[b], Field.ID);
    return Arrays.compareUnsigned(
        batches[a].bytes(),
        fromA,
        fromA + batches[a].length(rows[a], Field.ID),
        batches[b].bytes(),
        fromB,
        fromB + batches[b].length(rows[b], Field.ID));
  }

  private static long bit(Field field) {
    return 1L << field.ordinal();
  }
}
