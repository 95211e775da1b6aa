package dev.flightlog.stores.sqlite.sql;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;

/** The numbers in the place of the texts of one batch after another. Belongs to the writer. */
public final class BatchNumbers {
  private static final Field[] FIELDS = NumberedFields.all().toArray(new Field[0]);

  /** These, and the files that events were read from. */
  private static final Field[] KEPT = Arrays.copyOf(FIELDS, FIELDS.length + 1);

  static {
    KEPT[FIELDS.length] = Field.SOURCE;
  }

  private final TextNumbers texts;
  private final int[][] numbers = new int[Field.count()][0];
  private final SourceText source = new SourceText();
  private int rows;

  public BatchNumbers(TextNumbers texts) {
    this.texts = texts;
  }

  /**
   * Looks up the numbers of a batch.
   *
   * @param out rows that are passed over
   */
  public void look(EventBatch batch, BitSet out) throws SQLException {
    rows = batch.size();
    for (Field field : FIELDS) {
      look(field, batch, out);
    }
    int[] files = room(Field.SOURCE);
    for (int row = out.nextClearBit(0); row < rows; row = out.nextClearBit(row + 1)) {
      files[row] =
          batch.has(row, Field.SOURCE) && read(batch, row)
              ? texts.number(source, batch.bytes())
              : 0;
    }
  }

  private void look(Field field, EventBatch batch, BitSet out) throws SQLException {
    int[] of = room(field);
    int before = -1;
    for (int row = out.nextClearBit(0); row < rows; row = out.nextClearBit(row + 1)) {
      if (!batch.has(row, field)) {
        of[row] = 0;
      } else if (before >= 0 && isSame(field, batch, before, row)) {
        of[row] = of[before];
      } else {
        of[row] = texts.number(field, batch, row);
        before = row;
      }
    }
  }

  private static boolean isSame(Field field, EventBatch batch, int row, int other) {
    int length = batch.length(row, field);
    int from = batch.offset(row, field);
    int to = batch.offset(other, field);
    byte[] bytes = batch.bytes();
    return length == batch.length(other, field)
        && Arrays.equals(bytes, from, from + length, bytes, to, to + length);
  }

  private boolean read(EventBatch batch, int row) {
    int from = batch.offset(row, Field.SOURCE);
    return source.read(batch.bytes(), from, from + batch.length(row, Field.SOURCE));
  }

  private int[] room(Field field) {
    int[] of = numbers[field.ordinal()];
    if (of.length < rows) {
      of = new int[Math.max(rows, 256)];
      numbers[field.ordinal()] = of;
    }
    return of;
  }

  /**
   * How many bytes a row keeps of where it was read.
   *
   * @return 0 when it keeps the text as it is
   */
  public int sourceLength(EventBatch batch, int row) {
    int file = numbers[Field.SOURCE.ordinal()][row];
    return file == 0 || !read(batch, row) ? 0 : source.shortLength(file);
  }

  /** Writes these bytes; answers the place behind them. */
  public int writeSource(EventBatch batch, int row, byte[] out, int at) {
    read(batch, row);
    return source.write(numbers[Field.SOURCE.ordinal()][row], out, at);
  }

  /** The number in the place of a row's text; 0 when it has none. */
  public int of(Field field, int row) {
    return numbers[field.ordinal()][row];
  }

  /** The numbers of the rows' sessions, 0 where there is none; not to be changed. */
  public int[] sessions() {
    return numbers[Field.SESSION_ID.ordinal()];
  }

  /**
   * Keeps the new numbers of the rows that are inserted. Within a transaction.
   *
   * @param out rows that are passed over
   */
  public void keep(BitSet out) throws SQLException {
    if (texts.areKept()) {
      return;
    }
    BitSet sessions = new BitSet();
    BitSet names = new BitSet();
    for (Field field : KEPT) {
      BitSet met = field == Field.SESSION_ID ? sessions : names;
      int[] of = numbers[field.ordinal()];
      for (int row = out.nextClearBit(0); row < rows; row = out.nextClearBit(row + 1)) {
        met.set(of[row]);
      }
    }
    texts.keep(sessions::get, names::get);
  }
}
