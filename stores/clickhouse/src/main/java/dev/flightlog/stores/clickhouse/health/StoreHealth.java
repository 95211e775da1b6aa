package dev.flightlog.stores.clickhouse.health;

import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Health;
import dev.flightlog.store.Measure;
import dev.flightlog.store.StoreException;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.SumReader;
import java.util.concurrent.atomic.AtomicLong;

/** Whether a store answers, and how much is in it. Stateless; blocks, and never throws. */
public final class StoreHealth {
  private StoreHealth() {}

  /**
   * Asks.
   *
   * @param countAside a statement that counts what waits for its beginning
   * @param eventsRead so many events were read by now
   */
  public static Health of(
      ServerConnection connection, String countAside, SumReader sums, AtomicLong eventsRead) {
    Query waiting = Query.of(countAside).with("distributed_product_mode", "global");
    try (RowReader rows = RowReader.of(connection, waiting)) {
      rows.next();
      long setAside = rows.whole();
      long kept = sums.rows(Aggregate.of(Filter.EVERYTHING, Measure.count())).getFirst().whole(0);
      return new Health(true, connection.servers().toString(), kept, setAside, eventsRead.get());
    } catch (StoreException e) {
      return new Health(false, String.valueOf(e.getMessage()), -1, -1, eventsRead.get());
    }
  }
}
