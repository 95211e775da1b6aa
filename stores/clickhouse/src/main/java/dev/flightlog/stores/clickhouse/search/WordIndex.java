package dev.flightlog.stores.clickhouse.search;

import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.BuiltHour;
import dev.flightlog.stores.clickhouse.rollups.Hours;
import dev.flightlog.stores.clickhouse.rollups.SumTables;
import dev.flightlog.stores.clickhouse.sql.Literals;

/** How large the words of hours are, and which events are not among them. Stateless; blocks. */
public record WordIndex(ServerConnection connection, SumTables tables) {

  /** In a cluster the bytes of all servers, copies included. */
  public SearchIndex size() {
    long in = 0;
    long waiting = 0;
    for (BuiltHour hour : new Hours(connection, tables).of(Long.MIN_VALUE, Long.MAX_VALUE)) {
      in += hour.isUsable() ? hour.arrived() : 0;
      waiting += hour.isUsable() ? 0 : hour.arrived();
    }
    return new SearchIndex(true, bytes(), in, waiting);
  }

  private long bytes() {
    String parts =
        connection
            .servers()
            .cluster()
            .map(cluster -> "clusterAllReplicas(`" + cluster + "`, system.parts)")
            .orElse("system.parts");
    String sql =
        "SELECT toInt64(sum(bytes_on_disk)) FROM "
            + parts
            + " WHERE active AND database = "
            + Literals.text(connection.servers().database())
            + " AND table IN ('hour_words', 'hour_words_local') FORMAT RowBinary";
    try (RowReader rows =
        RowReader.of(connection, Query.of(sql).with("skip_unavailable_shards", "1"))) {
      return rows.next() ? rows.whole() : 0;
    }
  }
}
