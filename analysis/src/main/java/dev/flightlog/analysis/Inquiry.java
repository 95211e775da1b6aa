package dev.flightlog.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inside of a question: what it asks of the store, and how its rows are worded. Stateless. */
interface Inquiry {

  /** What stands in a row. */
  List<Column> columns();

  /**
   * The heads of the table's columns; one that begins with {@code >} stands to the right. Without a
   * word in any there is no line of heads.
   */
  List<String> heads(Scope scope, Wording wording);

  /** Asks the store; the most valuable row comes first. */
  Findings ask(Scope scope);

  /** The cells of a row, one a head. */
  String[] cells(@Nullable Object[] row, Wording wording);
}
