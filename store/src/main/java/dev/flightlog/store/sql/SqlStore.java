package dev.flightlog.store.sql;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import java.time.Duration;

/** A store whose tables a person can ask in SQL: docs/format/journal.md names the columns. */
public interface SqlStore extends EventStore {
  /**
   * Answers one reading statement.
   *
   * @param limit at most so many rows
   * @param patience how long it may take
   * @throws StoreException REFUSED when it is no single reading statement or the engine refuses it;
   *     STOPPED when it takes longer than patience
   */
  SqlAnswer sql(String statement, int limit, Duration patience);

  /**
   * Prices the view {@code model_calls} by these rates from now on, until others are given: asks
   * for those of every model and billing that is kept, and keeps them beside the events. Cheap when
   * nothing changed; else an append.
   */
  void price(ModelRates.Source rates);
}
