package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.http.ServerConnection.SameServer;
import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends rows so that they are kept once, however often they have to be sent. Stateless; blocks.
 *
 * <p>Where Keeper replicates, any server of a shard takes its rows. Where ClickHouse writes to all
 * replicas itself, an insert fails while one of them is down: then a server keeps the rows for it,
 * and hands them over when it is back; the others are waited for, so that what was told can be
 * read.
 */
final class Inserts {
  private static final long HANDED_OVER_SECONDS = 60;
  private static final long LOOK_NANOS = 5_000_000;

  /**
   * An insert ends when all replicas have the rows; otherwise a server keeps them for the others.
   */
  private static final String TO_ALL_REPLICAS = "distributed_foreground_insert";

  private Inserts() {}

  /**
   * Keeps rows.
   *
   * @param token names these rows; sent again, to whichever server, they are not kept again
   */
  static void run(ServerConnection connection, String sql, byte[] rows, String token) {
    run(connection, Query.of(sql).with(rows), token);
  }

  /** The same of a statement that finds or holds its rows itself. */
  static void run(ServerConnection connection, Query insert, String token) {
    Query query =
        insert
            .with("insert_deduplication_token", token)
            .with("max_partitions_per_insert_block", "0")
            .with("async_insert", "0")
            // No two rows of a block have one key: nothing is to be merged in it.
            .with("optimize_on_insert", "0")
            .with(TO_ALL_REPLICAS, "1");
    Servers servers = connection.servers();
    if (servers.cluster().isEmpty() || servers.replicated()) {
      connection.run(query);
      return;
    }
    connection.runEither(
        query, query.with(TO_ALL_REPLICAS, "0"), server -> awaitOthers(connection, server));
  }

  /** Waits until this server has handed over all that it can. */
  private static void awaitOthers(ServerConnection connection, SameServer server) {
    long end = System.nanoTime() + Duration.ofSeconds(HANDED_OVER_SECONDS).toNanos();
    Query waiting =
        Query.of(
            "SELECT countIf(data_files > 0 AND error_count = 0) FROM system.distribution_queue"
                + " WHERE database = "
                + Literals.text(connection.servers().database())
                + " FORMAT RowBinary");
    while (true) {
      try (RowReader rows = RowReader.of(connection, server.ask(waiting))) {
        if (!rows.next() || rows.whole() == 0) {
          return;
        }
      }
      if (System.nanoTime() > end) {
        throw new StoreException(
            Kind.OVERLOADED,
            connection.servers() + ": the other servers do not take the rows in time");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
