package dev.flightlog.shipping;

import dev.flightlog.store.sql.ModelRates;
import dev.flightlog.store.sql.SqlAnswer;
import dev.flightlog.store.sql.SqlStore;
import java.time.Duration;

/** A shared store that can be asked in SQL. */
final class SharedSqlStore extends SharedStore implements SqlStore {
  private final SqlStore sql;

  SharedSqlStore(SqlStore store, Sender sender, byte[] key) {
    super(store, sender, key);
    this.sql = store;
  }

  @Override
  public SqlAnswer sql(String statement, int limit, Duration patience) {
    return sql.sql(statement, limit, patience);
  }

  @Override
  public void price(ModelRates.Source rates) {
    sql.price(rates);
  }
}
