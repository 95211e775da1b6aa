package dev.flightlog.stores.sqlite.sql;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import java.sql.SQLException;
import java.util.BitSet;

/** The numbers in the place of the texts of one batch after another. Belongs to the writer. */
public final class BatchNumbers {
  private static final Field[] FIELDS = NumberedFields.all().toArray(new Field[0]);

  private final TextNumbers texts;
  private final int[][] numbers = new int[Field.count()][0];
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
      int[] of = numbers[field.ordinal()];
      if (of.length < rows) {
        of = new int[Math.max(rows, 256)];
        numbers[field.ordinal()] = of;
      }
      for (int row = out.nextClearBit(0); row < rows; row = out.nextClearBit(row + 1)) {
        of[row] = texts.number(field, batch, row);
      }
    }
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
    for (Field field : FIELDS) {
      BitSet met = field == Field.SESSION_ID ? sessions : names;
      int[] of = numbers[field.ordinal()];
      for (int row = out.nextClearBit(0); row < rows; row = out.nextClearBit(row + 1)) {
        met.set(of[row]);
      }
    }
    texts.keep(sessions::get, names::get);
  }
}
