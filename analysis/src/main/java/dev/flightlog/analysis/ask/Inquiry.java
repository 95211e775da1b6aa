package dev.flightlog.analysis.ask;

import java.util.List;

/**
 * The inside of a question: what it asks of the store, and how its rows are worded. Stateless.
 *
 * @param <R> a row
 */
public interface Inquiry<R> {

  /** What programs read from a row. */
  List<Column<R>> columns();

  /** True when its arguments are stories, so that it cannot be narrowed to another. */
  default boolean namesStories() {
    return false;
  }

  /** True when its rows are events, so that it can be narrowed to events of a kind. */
  default boolean showsEvents() {
    return false;
  }

  /**
   * True when what Flightlog itself learnt does not count, neither as a session nor as the newest
   * event, unless it is asked for by its agent.
   */
  default boolean leavesOutOurOwn() {
    return false;
  }

  /** Asks the store; the most valuable row comes first. */
  Result<R> ask(Selection selection);
}
