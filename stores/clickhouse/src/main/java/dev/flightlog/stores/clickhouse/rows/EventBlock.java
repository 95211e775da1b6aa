package dev.flightlog.stores.clickhouse.rows;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of the table {@code events} on their way into it: events as they are to be from now on, and
 * gravestones that hide where they stood before. Not safe for several threads.
 */
public final class EventBlock {
  private static final int OWN_COLUMNS = 6;
  private static final byte[] NOTHING = new byte[0];

  private final List<Entry> entries = new ArrayList<>();
  private final DetailFacts facts = new DetailFacts();
  private final NativeBlock block = new NativeBlock();

  /** A row: of a batch, with what the store adds. */
  private record Entry(
      EventBatch batch, int row, long version, boolean deleted, boolean aside, int place) {}

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  public int size() {
    return entries.size();
  }

  /**
   * Adds an event.
   *
   * @param aside whether it waits for its beginning
   * @param place its place among those of this block, in the order of arrival
   */
  public void add(EventBatch batch, int row, long version, boolean aside, int place) {
    entries.add(new Entry(batch, row, version, false, aside, place));
  }

  /** Hides what stood at the time and id of this row. */
  public void bury(EventBatch batch, int row, long version) {
    entries.add(new Entry(batch, row, version, true, false, 0));
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
    int rows = entries.size();
    block.begin(Field.count() + HotDetail.count() + OWN_COLUMNS, rows);
    for (int i = 0; i < Field.count(); i++) {
      field(Field.at(i));
    }
    details();
    block.column("version", "UInt64");
    entries.forEach(entry -> block.whole(entry.version));
    block.column("deleted", "UInt8");
    entries.forEach(entry -> block.oneByte(entry.deleted ? 1 : 0));
    block.column("aside", "UInt8");
    entries.forEach(entry -> block.oneByte(entry.aside ? 1 : 0));
    block.column("place", "UInt32");
    entries.forEach(entry -> block.small(entry.place));
    return block.toByteArray();
  }

  private void field(Field field) {
    boolean required = EventRow.isRequired(field);
    String type = EventRow.type(field.kind());
    block.column(EventRow.column(field), required ? type : "Nullable(" + type + ")");
    if (!required) {
      entries.forEach(entry -> block.nulls(!has(entry, field)));
    }
    for (Entry entry : entries) {
      boolean has = has(entry, field);
      EventBatch batch = entry.batch;
      int row = entry.row;
      switch (field.kind()) {
        case TEXT, JSON -> {
          if (has) {
            block.text(batch.bytes(), batch.offset(row, field), batch.length(row, field));
          } else {
            block.text(NOTHING, 0, 0);
          }
        }
        case TIME, INTEGER -> block.whole(has ? batch.integer(row, field) : 0);
        case REAL -> block.real(has ? batch.real(row, field) : 0);
        case BOOLEAN -> block.oneByte(has && batch.flag(row, field) ? 1 : 0);
      }
    }
  }

  /** Of what is buried nothing is kept but its place. */
  private static boolean has(Entry entry, Field field) {
    return (!entry.deleted || field == Field.ID || field == Field.TIMESTAMP)
        && entry.batch.has(entry.row, field);
  }

  private void details() {
    int rows = entries.size();
    Columns columns = new Columns(rows);
    for (int i = 0; i < rows; i++) {
      Entry entry = entries.get(i);
      if (has(entry, Field.DETAILS)) {
        int from = entry.batch.offset(entry.row, Field.DETAILS);
        int to = from + entry.batch.length(entry.row, Field.DETAILS);
        facts.look(entry.batch.bytes(), from, to);
        columns.keep(i, facts);
        columns.plain[i] = facts.plain(entry.batch.bytes(), from, to);
      }
    }
    columns.write(block);
  }

  /** The columns that come from details, of all rows. */
  private static final class Columns {
    private final int[] present;
    private final @org.jspecify.annotations.Nullable String[] plain;
    private final @org.jspecify.annotations.Nullable String[][] texts;
    private final double[][] numbers;
    private final int[] hasNumber;

    Columns(int rows) {
      present = new int[rows];
      plain = new String[rows];
      texts = new String[HotDetail.count()][rows];
      numbers = new double[HotDetail.count()][rows];
      hasNumber = new int[rows];
    }

    void keep(int row, DetailFacts facts) {
      present[row] = facts.present();
      if (facts.present() == 0) {
        return;
      }
      for (int i = 0; i < HotDetail.count(); i++) {
        HotDetail hot = HotDetail.at(i);
        if (hot.isText()) {
          texts[i][row] = facts.text(hot);
        } else if (facts.hasNumber(hot)) {
          numbers[i][row] = facts.number(hot);
          hasNumber[row] |= hot.bit();
        }
      }
    }

    void write(NativeBlock block) {
      int rows = present.length;
      for (int i = 0; i < HotDetail.count(); i++) {
        HotDetail hot = HotDetail.at(i);
        block.column(hot.column(), hot.isText() ? "Nullable(String)" : "Nullable(Float64)");
        for (int row = 0; row < rows; row++) {
          block.nulls(hot.isText() ? texts[i][row] == null : (hasNumber[row] & hot.bit()) == 0);
        }
        for (int row = 0; row < rows; row++) {
          if (hot.isText()) {
            block.text(texts[i][row]);
          } else {
            block.real(numbers[i][row]);
          }
        }
      }
      block.column("present", "UInt32");
      for (int bits : present) {
        block.small(bits);
      }
      block.column("details_plain", "Nullable(String)");
      for (String text : plain) {
        block.nulls(text == null);
      }
      for (String text : plain) {
        block.text(text);
      }
    }
  }
}
