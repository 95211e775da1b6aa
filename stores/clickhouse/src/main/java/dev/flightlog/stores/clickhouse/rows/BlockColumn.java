package dev.flightlog.stores.clickhouse.rows;

/**
 * A column of a block of rows that is made in memory. Values are put in the order of the rows; a
 * row that is passed over has none: null, or the zero or empty text of its type. Not safe for
 * several threads.
 */
abstract sealed class BlockColumn permits TextColumn, DictionaryColumn, NumberColumn {
  private final String name;
  private final boolean required;

  /**
   * @param required whether every row has a value; otherwise a column without any is left out
   */
  BlockColumn(String name, boolean required) {
    this.name = name;
    this.required = required;
  }

  final String name() {
    return name;
  }

  final boolean isRequired() {
    return required;
  }

  /** Whether it has to be sent: what is left out is null. */
  final boolean isNeeded() {
    return required || !isEmpty();
  }

  /** Whether no row has a value. */
  abstract boolean isEmpty();

  /** The type as it is sent. */
  abstract String type();

  /** How many bytes the values take. */
  abstract long valuesSize();

  /** Adds the values. */
  abstract void writeValues(NativeBlock block);

  /** How many bytes it takes in a block. */
  final long size() {
    return NativeBlock.sizeOfText(name) + NativeBlock.sizeOfText(type()) + valuesSize();
  }

  /** Adds name, type and values. */
  final void write(NativeBlock block) {
    block.column(name, type());
    writeValues(block);
  }
}
