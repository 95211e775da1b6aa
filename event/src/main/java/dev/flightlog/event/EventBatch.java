package dev.flightlog.event;

import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Many events in two arrays: what a reader fills and a store takes, without an object per event.
 *
 * <pre>
 *   cells[row * fields + field]   TEXT, JSON: offset << 32 | length into bytes
 *                                 TIME, INTEGER: the number   REAL: its bits   BOOLEAN: 0 or 1
 *   present[row]                  bit per field: is there a value
 *   bytes                         the UTF-8 of all texts, one behind another
 * </pre>
 *
 * <p>A row is built between {@link #begin} and {@link #end}; {@link #cancel} forgets it. Reuse a
 * batch with {@link #clear()}. Not safe for several threads.
 */
public final class EventBatch {
  /** What a store does with a row whose id it keeps already, or does not. */
  public enum Mode {
    /** An event of our own: an id already kept is left as it was. */
    NEW,
    /** A foreign event that may come in parts: insert, or combine by {@link Merge}. */
    MERGE,
    /**
     * The later part of an event whose beginning was not seen: combine by {@link Merge}, or set
     * aside until it comes.
     */
    COMPLETE;

    /** As lines of a journal name it: {@code new}, {@code merge}, {@code complete}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int FIELDS = Field.count();
  private static final Mode[] MODES = Mode.values();
  private static final long TEXTS = texts();

  private static final int FEW_ROWS = 64;
  private static final int FEW_BYTES = 16 * 1024;

  private long[] cells;
  private long[] present;
  private byte[] modes;
  private byte[] bytes;
  private int size;
  private int used;
  private int rowStart;
  private boolean open;

  public EventBatch() {
    this(FEW_ROWS, FEW_BYTES);
  }

  /** With room for so many rows and bytes of text; it grows when there are more. */
  public EventBatch(int rows, int textBytes) {
    cells = new long[rows * FIELDS];
    present = new long[rows];
    modes = new byte[rows];
    bytes = new byte[textBytes];
  }

  /** The number of finished rows. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Bytes of text held by all rows. */
  public int byteSize() {
    return used;
  }

  public void clear() {
    size = 0;
    used = 0;
    open = false;
  }

  /** Starts a row. */
  public void begin(Mode mode) {
    if (open) {
      throw new IllegalStateException("the row before was neither ended nor cancelled");
    }
    if (size == present.length) {
      int grown = Math.max(FEW_ROWS, size * 2);
      cells = Arrays.copyOf(cells, grown * FIELDS);
      present = Arrays.copyOf(present, grown);
      modes = Arrays.copyOf(modes, grown);
    }
    open = true;
    rowStart = used;
    present[size] = 0;
    modes[size] = (byte) mode.ordinal();
  }

  /** Changes what a store does with the row that is being built. */
  public void mode(Mode mode) {
    modes[size] = (byte) mode.ordinal();
  }

  /** Finishes the row, which must have id, timestamp, event type and category. */
  public void end() {
    long required =
        bit(Field.ID) | bit(Field.TIMESTAMP) | bit(Field.EVENT_TYPE) | bit(Field.CATEGORY);
    if (!open || (present[size] & required) != required) {
      throw new IllegalStateException("a row needs id, timestamp, event_type and category");
    }
    open = false;
    size++;
  }

  /** Forgets the row that was begun and not ended; without one nothing happens. */
  public void cancel() {
    if (open) {
      open = false;
      used = rowStart;
    }
  }

  /** Sets a TEXT or JSON field to these UTF-8 bytes. */
  public void text(Field field, byte[] utf8, int from, int to) {
    int length = to - from;
    int at = room(length); // may replace the array
    System.arraycopy(utf8, from, bytes, at, length);
    put(field, (long) used << 32 | length);
    used += length;
  }

  /** Sets a TEXT or JSON field; null leaves it absent. */
  public void text(Field field, @Nullable String value) {
    if (value != null) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      text(field, utf8, 0, utf8.length);
    }
  }

  /** Sets a JSON field to what was written. */
  public void json(Field field, JsonWriter json) {
    text(field, json.bytes(), 0, json.length());
  }

  /** Sets a TIME (microseconds) or INTEGER field. */
  public void integer(Field field, long value) {
    put(field, value);
  }

  public void real(Field field, double value) {
    put(field, Double.doubleToRawLongBits(value));
  }

  public void flag(Field field, boolean value) {
    put(field, value ? 1 : 0);
  }

  /** Takes a field back out of the row that is being built. */
  public void remove(Field field) {
    present[size] &= ~bit(field);
  }

  /** True when the row that is being built has this field. */
  public boolean hasSet(Field field) {
    return (present[size] & bit(field)) != 0;
  }

  /** Appends an event. */
  public void add(Mode mode, Event event) {
    begin(mode);
    for (int i = 0; i < FIELDS; i++) {
      Field field = Field.at(i);
      Object value = event.get(field);
      if (value == null) {
        continue;
      }
      switch (field.kind()) {
        case TEXT, JSON -> text(field, (String) value);
        case TIME, INTEGER -> integer(field, (Long) value);
        case REAL -> real(field, (Double) value);
        case BOOLEAN -> flag(field, (Boolean) value);
      }
    }
    end();
  }

  /** Appends all rows of another batch. */
  public void addAll(EventBatch other) {
    if (open || other.open) {
      throw new IllegalStateException("a row was neither ended nor cancelled");
    }
    int rows = size + other.size;
    if (rows > present.length) {
      int grown = Math.max(rows, present.length * 2);
      cells = Arrays.copyOf(cells, grown * FIELDS);
      present = Arrays.copyOf(present, grown);
      modes = Arrays.copyOf(modes, grown);
    }
    int at = room(other.used);
    System.arraycopy(other.bytes, 0, bytes, at, other.used);
    System.arraycopy(other.cells, 0, cells, size * FIELDS, other.size * FIELDS);
    System.arraycopy(other.present, 0, present, size, other.size);
    System.arraycopy(other.modes, 0, modes, size, other.size);
    for (int row = size; row < rows; row++) {
      for (long bits = present[row] & TEXTS; bits != 0; bits &= bits - 1) {
        cells[row * FIELDS + Long.numberOfTrailingZeros(bits)] += (long) at << 32;
      }
    }
    used += other.used;
    size = rows;
  }

  /** Changes what a store does with a finished row. */
  public void mode(int row, Mode mode) {
    modes[row] = (byte) mode.ordinal();
  }

  public Mode mode(int row) {
    return MODES[modes[row]];
  }

  public boolean has(int row, Field field) {
    return (present[row] & bit(field)) != 0;
  }

  /** A bit per {@link Field#ordinal()}: which fields this row has. */
  public long presence(int row) {
    return present[row];
  }

  /** The value of a TIME or INTEGER field that is there. */
  public long integer(int row, Field field) {
    return cells[row * FIELDS + field.ordinal()];
  }

  public double real(int row, Field field) {
    return Double.longBitsToDouble(cells[row * FIELDS + field.ordinal()]);
  }

  public boolean flag(int row, Field field) {
    return cells[row * FIELDS + field.ordinal()] != 0;
  }

  /** The array that holds all texts; another one after growing. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes()} a text that is there begins. */
  public int offset(int row, Field field) {
    return (int) (cells[row * FIELDS + field.ordinal()] >>> 32);
  }

  /** The length in bytes of a text that is there. */
  public int length(int row, Field field) {
    return (int) cells[row * FIELDS + field.ordinal()];
  }

  /** The text of a TEXT or JSON field, or null. */
  public @Nullable String text(int row, Field field) {
    return has(row, field)
        ? new String(bytes, offset(row, field), length(row, field), StandardCharsets.UTF_8)
        : null;
  }

  /** The row as an event of its own. */
  public Event event(int row) {
    Event.Builder builder =
        Event.builder(
            orEmpty(text(row, Field.ID)),
            Timestamps.instant(integer(row, Field.TIMESTAMP)),
            orEmpty(text(row, Field.EVENT_TYPE)),
            Category.EXECUTION);
    for (int i = Field.CATEGORY.ordinal(); i < FIELDS; i++) {
      Field field = Field.at(i);
      if (has(row, field)) {
        builder.set(
            field,
            switch (field.kind()) {
              case TEXT, JSON -> text(row, field);
              case TIME, INTEGER -> integer(row, field);
              case REAL -> real(row, field);
              case BOOLEAN -> flag(row, field);
            });
      }
    }
    return builder.build();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void put(Field field, long cell) {
    cells[size * FIELDS + field.ordinal()] = cell;
    present[size] |= bit(field);
  }

  private int room(int length) {
    if (used + length > bytes.length || used + length < 0) {
      long grown = Math.max((long) used + length, bytes.length * 2L);
      if ((long) used + length > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException("a batch holds at most 2 GiB of text");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(grown, Integer.MAX_VALUE - 8));
    }
    return used;
  }

  private static long texts() {
    long texts = 0;
    for (int i = 0; i < FIELDS; i++) {
      Field field = Field.at(i);
      boolean isText = field.kind() == Field.Kind.TEXT || field.kind() == Field.Kind.JSON;
      texts |= isText ? bit(field) : 0;
    }
    return texts;
  }

  private static long bit(Field field) {
    return 1L << field.ordinal();
  }
}
