package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
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
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long HANDED_OVER_SECONDS = 60;
  private static final long LOOK_NANOS = 5_000_000;

  private Inserts() {}

  /**
   * Keeps rows.
   *
   * @param token names these rows; sent again, to whichever server, they are not kept again
   */
  static void run(ServerConnection connection, String sql, byte[] rows, String token) {
    Query query =
        Query.of(sql)
            .with(rows)
            .with("insert_deduplication_token", token)
            .with("max_partitions_per_insert_block", "0")
            .with("async_insert", "0")
            .with("distributed_foreground_insert", "1");
    Servers servers = connection.servers();
    if (servers.cluster().isEmpty() || servers.replicated()) {
      connection.run(query);
      return;
    }
    try {
      connection.attempt(query);
    } catch (StoreException e) {
      if (!e.worthRetrying()) {
        throw e;
      }
      handOver(servers, query.with("distributed_foreground_insert", "0"), e);
    }
  }

  private static void handOver(Servers servers, Query query, StoreException first) {
    StoreException last = first;
    for (String host : servers.hosts()) {
      try (ServerConnection one = new ServerConnection(servers.only(host), PATIENCE)) {
        one.run(query);
        awaitOthers(one);
        return;
      } catch (StoreException e) {
        if (!e.worthRetrying()) {
          throw e;
        }
        last = e;
      }
    }
    throw last;
  }

  /** Waits until this server has handed over all that it can. */
  private static void awaitOthers(ServerConnection server) {
    long end = System.nanoTime() + Duration.ofSeconds(HANDED_OVER_SECONDS).toNanos();
    Query waiting =
        Query.of(
            "SELECT countIf(data_files > 0 AND error_count = 0) FROM system.distribution_queue"
                + " WHERE database = "
                + Literals.text(server.servers().database())
                + " FORMAT RowBinary");
    while (true) {
      try (RowReader rows = RowReader.of(server, waiting)) {
        if (!rows.next() || rows.whole() == 0) {
          return;
        }
      }
      if (System.nanoTime() > end) {
        throw new StoreException(
            Kind.OVERLOADED, server.servers() + ": the other servers do not take the rows in time");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
