package dev.flightlog.stores.clickhouse;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ServerConnection;

/** Sends rows so that they are kept once, however often they have to be sent. Stateless. */
final class Inserts {
  private Inserts() {}

  /**
   * @param token names these rows; sent again, to whichever server, they are not kept again
   */
  static void run(ServerConnection connection, String sql, byte[] rows, String token) {
    connection.run(
        Query.of(sql)
            .with(rows)
            .with("insert_deduplication_token", token)
            .with("max_partitions_per_insert_block", "0")
            .with("async_insert", "0")
            .with("distributed_foreground_insert", "1"));
  }
}
