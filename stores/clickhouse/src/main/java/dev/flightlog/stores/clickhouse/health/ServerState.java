package dev.flightlog.stores.clickhouse.health;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.List;

/**
 * What one server says of itself.
 *
 * @param ahead by how many milliseconds its clock is ahead of this machine's
 * @param tables how many of those asked for it has
 * @param free bytes, on its fullest disk
 * @param total bytes of that disk
 * @param memory bytes in use
 * @param memoryLimit bytes that it may use; 0 without a limit
 * @param readOnly tables whose replica here takes no rows
 * @param delay by how many seconds the slowest replica here is behind
 * @param waiting files of rows that wait here for another server
 * @param broken files of rows that could not be handed to another server
 */
record ServerState(
    String host,
    String version,
    long ahead,
    long tables,
    long free,
    long total,
    long memory,
    long memoryLimit,
    long readOnly,
    long delay,
    long waiting,
    long broken) {

  /** Asks a server. */
  static ServerState of(ServerConnection server, List<String> tables) {
    String database = Literals.text(server.servers().database());
    String ours = " WHERE database = " + database;
    String sql =
        "SELECT version(), toUnixTimestamp64Milli(now64(3)), "
            + String.join(
                ", ",
                number("count()", "tables" + ours + " AND name IN " + Literals.texts(tables)),
                number("min(unreserved_space)", "disks"),
                number("argMin(total_space, unreserved_space)", "disks"),
                number("sum(value)", "metrics WHERE metric = 'MemoryTracking'"),
                number(
                    "max(toUInt64OrZero(value))",
                    "server_settings WHERE name = 'max_server_memory_usage'"),
                number("countIf(is_readonly OR is_session_expired)", "replicas" + ours),
                number("max(absolute_delay)", "replicas" + ours),
                number("sum(data_files)", "distribution_queue" + ours),
                number("sum(broken_data_files)", "distribution_queue" + ours))
            + " FORMAT RowBinary";
    long before = System.currentTimeMillis();
    try (RowReader row = RowReader.of(server, Query.of(sql))) {
      long here = (before + System.currentTimeMillis()) / 2;
      row.next();
      return new ServerState(
          server.servers().hosts().getFirst(),
          row.text(),
          row.whole() - here,
          row.whole(),
          row.whole(),
          row.whole(),
          row.whole(),
          row.whole(),
          row.whole(),
          row.whole(),
          row.whole(),
          row.whole());
    }
  }

  private static String number(String what, String table) {
    return "toInt64(ifNull((SELECT toInt64(" + what + ") FROM system." + table + "), 0))";
  }
}
