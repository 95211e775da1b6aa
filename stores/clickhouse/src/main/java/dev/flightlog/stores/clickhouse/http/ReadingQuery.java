package dev.flightlog.stores.clickhouse.http;

import java.time.Duration;

/** Statements that read many events, with the settings that all of these have. */
public final class ReadingQuery {
  private ReadingQuery() {}

  /**
   * Parts of different months hold different events, so {@code FINAL} need not look at them
   * together; a reader who goes away is told to the server; and nothing is compiled: it saves
   * little here, and ClickHouse 26.7 as the tests have it was seen to hang in it.
   */
  public static Query of(String sql, Duration patience) {
    return Query.of(sql)
        .with("do_not_merge_across_partitions_select_final", "1")
        .with("cancel_http_readonly_queries_on_client_close", "1")
        .with("compile_expressions", "0")
        .with("compile_aggregate_expressions", "0")
        .with("compile_sort_description", "0")
        .patience(patience);
  }
}
