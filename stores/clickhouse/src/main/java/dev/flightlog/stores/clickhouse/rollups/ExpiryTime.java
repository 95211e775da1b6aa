package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;

/**
 * Before which time rows were let go, as far as this process knows: it asks once, and is told
 * whenever tombstones are read anew. It only ever rises. Safe for many threads; blocks when it
 * asks.
 */
public final class ExpiryTime {
  /** No row was let go. */
  public static final long NEVER = Long.MIN_VALUE;

  private final ServerConnection connection;
  private final String expired;
  private volatile boolean known;
  private volatile long micros = NEVER;

  public ExpiryTime(ServerConnection connection, SumTables tables) {
    this.connection = connection;
    this.expired = tables.expired();
  }

  /** In microseconds since 1970; {@link #NEVER} when all rows are kept. */
  public long micros() {
    return known ? micros : asked();
  }

  /** The same, as it is told now. */
  public long asked() {
    String sql = "SELECT maxOrNull(micros) FROM " + expired + " FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
      Long found = rows.next() ? rows.wholeOrNull() : null;
      tell(found == null ? NEVER : found);
    }
    return micros;
  }

  /** A row that says so was read. */
  public synchronized void tell(long time) {
    micros = Math.max(micros, time);
    known = true;
  }
}
