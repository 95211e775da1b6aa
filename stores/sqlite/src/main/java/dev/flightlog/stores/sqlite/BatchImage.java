package dev.flightlog.stores.sqlite;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.stores.sqlite.sql.BatchNumbers;
import dev.flightlog.stores.sqlite.sql.NumberedFields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/**
 * Hands a whole batch over to SQLite as one value: the bytes of a small database with one table.
 *
 * <p>Binding value by value is what costs in JDBC, one call into native code each. Instead the rows
 * are written here as SQLite itself would have written them to a file
 * (https://www.sqlite.org/fileformat2.html), the bytes become an attached database by
 * deserialisation, and one {@code INSERT INTO main.event_rows SELECT * FROM batch.event_rows} moves
 * them. Into a table without indexes SQLite then copies record by record without looking inside
 * (its "transfer optimisation").
 *
 * <pre>
 *   page 1       file header, schema: CREATE TABLE event_rows …
 *   page 2       interior page: last row id and number of each leaf; or the only leaf itself
 *   page 3 …     leaves: cells from the end, their offsets from the beginning; overflow pages
 *   a cell       length of the record, row id, record
 *   a record     length of its header, a type a column, then the values
 * </pre>
 *
 * <p>Not safe for several threads.
 */
final class BatchImage {
  static final int PAGE = 65_536;

  private static final int INTERIOR = 5;
  private static final int LEAF = 13;
  private static final int LEAF_HEADER = 8;
  private static final int INTERIOR_HEADER = 12;
  private static final int MAX_LOCAL = PAGE - 35;
  private static final int MIN_LOCAL = (PAGE - 12) * 32 / 255 - 23;

  /** As many leaves as page 2 can point at, with row ids of nine bytes. */
  private static final int MAX_LEAVES = (PAGE - INTERIOR_HEADER) / (4 + 9 + 2);

  private static final int COLUMNS = 1 + Field.count();

  private final byte[] createTable;

  /** The fields in the order of the columns behind the row number. */
  private final Field[] columns;

  private final boolean[] numbered;

  private final long[] types = new long[COLUMNS];
  private final int[] leaves = new int[MAX_LEAVES];
  private final long[] lastIds = new long[MAX_LEAVES];
  private byte[] image = new byte[1 << 20];
  private byte[] record = new byte[4096];
  private int pages;
  private int leafCount;
  private int leaf;
  private int cells;
  private int top;
  private long lastId;

  /**
   * @param createTable the statement by which the table is made, the same as in the real database
   * @param columns what its columns behind the row number hold: every field once
   */
  BatchImage(String createTable, List<Field> columns) {
    this.createTable = createTable.getBytes(StandardCharsets.UTF_8);
    this.columns = columns.toArray(new Field[0]);
    this.numbered = new boolean[columns.size()];
    for (int i = 0; i < numbered.length; i++) {
      numbered[i] = NumberedFields.contains(columns.get(i));
    }
    if (EnumSet.copyOf(columns).size() != Field.count() || columns.size() != Field.count()) {
      throw new IllegalArgumentException("every field has one column, not " + columns);
    }
  }

  void clear() {
    pages = 0;
    leafCount = 0;
    newPage();
    newPage();
    newLeaf();
  }

  /** True when there may be no room for another row; then the image must be handed over first. */
  boolean isFull() {
    return leafCount >= MAX_LEAVES - 1 || pages > 24_000;
  }

  /** Adds a row; ids must rise. */
  void add(long id, EventBatch batch, int row, BatchNumbers numbers) {
    int length = encode(batch, row, numbers);
    int local = localLength(length);
    int size = varintLength(length) + varintLength(id) + local + (local < length ? 4 : 0);
    if (LEAF_HEADER + 2 * (cells + 1) + size > top) {
      endLeaf();
      newLeaf();
    }
    top -= size;
    int page = leaf * PAGE;
    int at = varint(image, page + top, length);
    at = varint(image, at, id);
    System.arraycopy(record, 0, image, at, local);
    if (local < length) {
      four(image, at + local, pages + 1);
      overflow(local, length);
    }
    two(image, page + LEAF_HEADER + 2 * cells, top);
    cells++;
    lastId = id;
  }

  /** The database. */
  byte[] bytes() {
    endLeaf();
    writeRoot();
    writeSchema();
    return Arrays.copyOf(image, pages * PAGE);
  }

  private static int localLength(int length) {
    if (length <= MAX_LOCAL) {
      return length;
    }
    int local = MIN_LOCAL + (length - MIN_LOCAL) % (PAGE - 4);
    return local <= MAX_LOCAL ? local : MIN_LOCAL;
  }

  private void overflow(int from, int to) {
    for (int at = from; at < to; at += PAGE - 4) {
      int page = newPage() * PAGE;
      int part = Math.min(to - at, PAGE - 4);
      four(image, page, at + part < to ? pages + 1 : 0);
      System.arraycopy(record, at, image, page + 4, part);
    }
  }

  private int encode(EventBatch batch, int row, BatchNumbers numbers) {
    long present = batch.presence(row);
    int header = 2;
    long body = 0;
    int end = 1;
    types[0] = 0;
    for (int i = 0; i < columns.length; i++) {
      Field field = columns[i];
      long type = 0;
      if ((present & 1L << field.ordinal()) != 0) {
        type =
            switch (field.kind()) {
              case TEXT, JSON ->
                  numbered[i]
                      ? integerType(numbers.of(field, row))
                      : 13 + 2L * length(batch, row, field, numbers);
              case TIME, INTEGER -> integerType(batch.integer(row, field));
              case REAL -> 7;
              case BOOLEAN -> batch.flag(row, field) ? 9 : 8;
            };
        body += bodyLength(type);
        // What follows the last value is left out, as of columns that came later.
        header += i + 1 - end;
        header += varintLength(type);
        end = i + 2;
      }
      types[i + 1] = type;
    }
    if (header > 127) {
      header++;
    }
    if (header + body > record.length) {
      record = new byte[(int) Math.min(Integer.MAX_VALUE - 8L, 2 * (header + body))];
    }
    int at = varint(record, 0, header);
    for (int i = 0; i < end; i++) {
      at = varint(record, at, types[i]);
    }
    for (int i = 0; i < end - 1; i++) {
      if ((present & 1L << columns[i].ordinal()) != 0) {
        at =
            numbered[i]
                ? bigEndian(numbers.of(columns[i], row), bodyLength(types[i + 1]), at)
                : columns[i] == Field.SOURCE && numbers.of(Field.SOURCE, row) != 0
                    ? numbers.writeSource(batch, row, record, at)
                    : value(batch, row, columns[i], types[i + 1], at);
      }
    }
    return at;
  }

  private static int length(EventBatch batch, int row, Field field, BatchNumbers numbers) {
    return field == Field.SOURCE && numbers.of(Field.SOURCE, row) != 0
        ? numbers.sourceLength(batch, row)
        : batch.length(row, field);
  }

  private int value(EventBatch batch, int row, Field field, long type, int at) {
    return switch (field.kind()) {
      case TEXT, JSON -> {
        int length = batch.length(row, field);
        System.arraycopy(batch.bytes(), batch.offset(row, field), record, at, length);
        yield at + length;
      }
      case TIME, INTEGER -> bigEndian(batch.integer(row, field), bodyLength(type), at);
      case REAL -> bigEndian(Double.doubleToLongBits(batch.real(row, field)), 8, at);
      case BOOLEAN -> at;
    };
  }

  private int bigEndian(long value, int bytes, int at) {
    for (int i = 0; i < bytes; i++) {
      record[at + i] = (byte) (value >> 8 * (bytes - 1 - i));
    }
    return at + bytes;
  }

  private static int integerType(long value) {
    if (value == 0 || value == 1) {
      return value == 0 ? 8 : 9;
    }
    int bits = 65 - Long.numberOfLeadingZeros(value ^ value >> 63);
    return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 24 ? 3 : bits <= 32 ? 4 : bits <= 48 ? 5 : 6;
  }

  private static int bodyLength(long type) {
    return type >= 13
        ? (int) ((type - 13) / 2)
        : switch ((int) type) {
          case 1, 2, 3, 4 -> (int) type;
          case 5 -> 6;
          case 6, 7 -> 8;
          default -> 0;
        };
  }

  private int newPage() {
    if ((pages + 1) * (long) PAGE > image.length) {
      image = Arrays.copyOf(image, (int) Math.min(Integer.MAX_VALUE - 8L, image.length * 2L));
    }
    Arrays.fill(image, pages * PAGE, (pages + 1) * PAGE, (byte) 0);
    return pages++;
  }

  private void newLeaf() {
    leaf = newPage();
    cells = 0;
    top = PAGE;
  }

  private void endLeaf() {
    int page = leaf * PAGE;
    image[page] = LEAF;
    two(image, page + 3, cells);
    two(image, page + 5, top);
    leaves[leafCount] = leaf;
    lastIds[leafCount++] = lastId;
  }

  private void writeRoot() {
    int page = PAGE;
    int end = PAGE;
    if (leafCount == 1) {
      // SQLite takes an interior page without a cell for damage.
      System.arraycopy(image, leaves[0] * PAGE, image, page, PAGE);
      return;
    }
    image[page] = INTERIOR;
    for (int i = 0; i < leafCount - 1; i++) {
      end -= 4 + varintLength(lastIds[i]);
      four(image, page + end, leaves[i] + 1);
      varint(image, page + end + 4, lastIds[i]);
      two(image, page + INTERIOR_HEADER + 2 * i, end);
    }
    two(image, page + 3, leafCount - 1);
    two(image, page + 5, end);
    four(image, page + 8, leaves[leafCount - 1] + 1);
  }

  private void writeSchema() {
    byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, image, 0, magic.length);
    two(image, 16, 1);
    image[18] = 1;
    image[19] = 1;
    image[21] = 64;
    image[22] = 32;
    image[23] = 32;
    four(image, 24, 1);
    four(image, 28, pages);
    four(image, 40, 1);
    four(image, 44, 4);
    four(image, 56, 1);
    four(image, 92, 1);
    four(image, 96, 3_051_003);

    byte[] names = "tableevent_rowsevent_rows".getBytes(StandardCharsets.US_ASCII);
    int header = 1 + 1 + 1 + 1 + 1 + varintLength(13 + 2L * createTable.length);
    int length = header + names.length + 1 + createTable.length;
    int start = PAGE - varintLength(length) - 1 - length;
    int at = varint(image, start, length);
    at = varint(image, at, 1);
    at = varint(image, at, header);
    at = varint(image, at, 13 + 2 * 5);
    at = varint(image, at, 13 + 2 * 10);
    at = varint(image, at, 13 + 2 * 10);
    at = varint(image, at, 1);
    at = varint(image, at, 13 + 2L * createTable.length);
    System.arraycopy(names, 0, image, at, names.length);
    at += names.length;
    image[at++] = 2;
    System.arraycopy(createTable, 0, image, at, createTable.length);
    image[100] = LEAF;
    two(image, 103, 1);
    two(image, 105, start);
    two(image, 108, start);
  }

  private static int varintLength(long value) {
    return value < 0 ? 9 : Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
  }

  /** Row ids and lengths are below 2^56, so the form of nine bytes never comes up. */
  private static int varint(byte[] out, int at, long value) {
    if (value < 128) {
      out[at] = (byte) value;
      return at + 1;
    }
    int length = varintLength(value);
    for (int i = length - 1; i >= 0; i--) {
      out[at + i] = (byte) (value >>> 7 * (length - 1 - i) & 0x7f | (i == length - 1 ? 0 : 0x80));
    }
    return at + length;
  }

  private static void two(byte[] out, int at, int value) {
    out[at] = (byte) (value >> 8);
    out[at + 1] = (byte) value;
  }

  private static void four(byte[] out, int at, int value) {
    two(out, at, value >> 16);
    two(out, at + 2, value);
  }
}
