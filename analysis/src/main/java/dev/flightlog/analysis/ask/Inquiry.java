package dev.flightlog.analysis.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inside of a question: what it asks of the store, and how its rows are worded. Stateless. */
public interface Inquiry {

  /** What stands in a row. */
  List<Column> columns();

  /** True when its arguments are stories, so that it cannot be narrowed to another. */
  default boolean namesStories() {
    return false;
  }

  /** Asks the store; the most valuable row comes first. */
  Findings ask(Scope scope);

  /** The cells of a row, one a head of the findings. */
  String[] cells(@Nullable Object[] row, Wording wording);
}
