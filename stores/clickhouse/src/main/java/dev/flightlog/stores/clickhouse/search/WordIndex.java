package dev.flightlog.stores.clickhouse.search;

import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.SearchPlaces;
import dev.flightlog.stores.clickhouse.rollups.SearchPlaces.SearchPlace;
import dev.flightlog.stores.clickhouse.rollups.SumTables;
import dev.flightlog.stores.clickhouse.sql.Literals;

/** How large the words of events are, and which events are not among them. Stateless; blocks. */
public record WordIndex(ServerConnection connection, SumTables tables) {

  /** In a cluster the bytes of all servers, copies included. */
  public SearchIndex size() {
    long in = 0;
    long waiting = 0;
    SearchPlaces places = new SearchPlaces(connection, tables);
    for (SearchPlace place : places.of(Long.MIN_VALUE, Long.MAX_VALUE)) {
      in += place.arrived() - place.waiting();
      waiting += place.waiting();
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
            + " AND table IN ('word_parts', 'word_parts_local') FORMAT RowBinary";
    try (RowReader rows =
        RowReader.of(connection, Query.of(sql).with("skip_unavailable_shards", "1"))) {
      return rows.next() ? rows.whole() : 0;
    }
  }
}
