package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Event;
import dev.flightlog.store.StoreException;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.EventRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rows of a result as events, one at a time. For one thread; whoever made it closes the result.
 */
final class EventSpliterator extends Spliterators.AbstractSpliterator<Event> {
  private final ResultSet rows;
  private final DatabaseConnection connection;
  private final Function<SQLException, StoreException> failure;

  EventSpliterator(
      ResultSet rows,
      DatabaseConnection connection,
      Function<SQLException, StoreException> failure) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.rows = rows;
    this.connection = connection;
    this.failure = failure;
  }

  @Override
  public boolean tryAdvance(Consumer<? super Event> action) {
    try {
      if (!rows.next()) {
        return false;
      }
      connection.eventRead();
      action.accept(EventRows.event(rows, 1, connection));
      return true;
    } catch (SQLException e) {
      throw failure.apply(e);
    }
  }
}
