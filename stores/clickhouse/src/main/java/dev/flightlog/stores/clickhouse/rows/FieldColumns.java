package dev.flightlog.stores.clickhouse.rows;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import java.util.ArrayList;
import java.util.List;

/** The columns of the table {@code events} that are fields. Not safe for several threads. */
final class FieldColumns {
  private final BlockColumn[] columns = new BlockColumn[Field.count()];

  FieldColumns(int rows) {
    for (int i = 0; i < columns.length; i++) {
      Field field = Field.at(i);
      String name = EventRow.column(field);
      boolean required = EventRow.isRequired(field);
      columns[i] =
          switch (field.kind()) {
            case TEXT, JSON ->
                EventRow.isOfFewTexts(field)
                    ? new DictionaryColumn(name, required, rows)
                    : new TextColumn(name, required, rows);
            case TIME, INTEGER, REAL, BOOLEAN ->
                new NumberColumn(name, EventRow.type(field.kind()), required, rows);
          };
    }
  }

  /**
   * Takes fields of an event.
   *
   * @param which a bit for each that is there
   */
  void put(int row, EventBatch batch, int from, long which) {
    for (long bits = which; bits != 0; bits &= bits - 1) {
      int ordinal = Long.numberOfTrailingZeros(bits);
      Field field = Field.at(ordinal);
      switch (columns[ordinal]) {
        case TextColumn texts ->
            texts.put(row, batch.bytes(), batch.offset(from, field), batch.length(from, field));
        case DictionaryColumn texts ->
            texts.put(row, batch.bytes(), batch.offset(from, field), batch.length(from, field));
        // Every value that is no text is kept as the bits of a whole number.
        case NumberColumn numbers -> numbers.put(row, batch.integer(from, field));
      }
    }
  }

  List<BlockColumn> all() {
    return new ArrayList<>(List.of(columns));
  }
}
