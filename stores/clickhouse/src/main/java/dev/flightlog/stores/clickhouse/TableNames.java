package dev.flightlog.stores.clickhouse;

import dev.flightlog.stores.clickhouse.http.Servers;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the tables of a store are called, and how a statement that makes them is written for these
 * servers. In a cluster each table is two: one on each server, with {@code _local} behind its name,
 * and a {@code Distributed} one over all of them, which is asked and written to.
 */
record TableNames(Servers servers) {
  /** By what the rows of each table are spread over the shards: all of one event meet on one. */
  private static final Map<String, String> SHARDED_BY =
      Map.of(
          "meta", "key",
          "events", "event_id",
          "ids", "event_id",
          "marks", "key",
          "tombstones", "value");

  private static final Pattern BRACES = Pattern.compile("\\{([^{}]+)}");

  /** The table to ask and to write to. */
  String name(String table) {
    return "`" + servers.database() + "`." + table;
  }

  /** The table that has the rows of one server. */
  String local(String table) {
    return servers.cluster().isPresent() ? name(table + "_local") : name(table);
  }

  /** Where a statement runs that changes tables. */
  String onCluster() {
    return servers.replicated()
        ? servers.cluster().map(cluster -> "ON CLUSTER `" + cluster + "`").orElse("")
        : "";
  }

  /** A statement with its braces filled in. */
  String fill(String statement) {
    Matcher braces = BRACES.matcher(statement);
    return braces.replaceAll(found -> Matcher.quoteReplacement(filled(found.group(1))));
  }

  private String filled(String words) {
    String first = words.split(" ", 2)[0];
    String rest = words.contains(" ") ? words.substring(first.length() + 1) : "";
    return switch (first) {
      case "local" -> local(rest);
      case "name" -> name(rest);
      case "on" -> onCluster();
      case "window" ->
          servers.replicated()
              ? "replicated_deduplication_window = 10000"
              : "non_replicated_deduplication_window = 10000";
      case "engine" -> engine(rest);
      default -> throw new IllegalStateException("nothing is known to fill in for " + words);
    };
  }

  private String engine(String words) {
    String name = words.split(" ", 2)[0];
    String arguments = words.contains(" ") ? words.substring(name.length() + 1) : "";
    if (!servers.replicated()) {
      return name + "(" + arguments + ")";
    }
    String path = "'/clickhouse/tables/{uuid}/{shard}', '{replica}'";
    return "Replicated" + name + "(" + path + (arguments.isEmpty() ? "" : ", " + arguments) + ")";
  }

  /** The statements that make the tables over all servers; none without a cluster. */
  List<String> distributed() {
    return servers.cluster().stream()
        .flatMap(cluster ->
            SHARDED_BY.keySet().stream().sorted().map(table -> distributed(cluster, table)))
        .toList();
  }

  private String distributed(String cluster, String table) {
    return "CREATE TABLE IF NOT EXISTS "
        + name(table)
        + " "
        + onCluster()
        + " AS "
        + local(table)
        + " ENGINE = Distributed(`"
        + cluster
        + "`, `"
        + servers.database()
        + "`, "
        + table
        + "_local, cityHash64("
        + SHARDED_BY.get(table)
        + "))";
  }
}
