package dev.flightlog.stores.clickhouse;

import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.clickhouse.rollups.SumColumns;
import dev.flightlog.stores.clickhouse.rollups.SumTables;
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
      Map.ofEntries(
          Map.entry("meta", "key"),
          Map.entry("events", "event_id"),
          Map.entry("ids", "event_id"),
          Map.entry("changed", "event_id"),
          Map.entry("marks", "key"),
          Map.entry("tombstones", "value"),
          Map.entry("touched", "hour"),
          Map.entry("rates", "model"),
          Map.entry("builds", "start"),
          Map.entry("sum_builds", "start"),
          Map.entry("cells", "start"),
          Map.entry("cell_ranks", "start"),
          Map.entry("cell_sessions", "start"),
          Map.entry("hour_words", "word"),
          Map.entry("word_parts", "word"));

  private static final Pattern BRACES = Pattern.compile("\\{([^{}]+)}");

  /** The table to ask and to write to. */
  String name(String table) {
    return "`" + servers.database() + "`." + table;
  }

  /** The table that has the rows of one server. */
  String local(String table) {
    return servers.cluster().isPresent() ? name(table + "_local") : name(table);
  }

  /**
   * The tables of sums. Replicas may have got something at different times, so all are asked for
   * when something arrived.
   */
  SumTables sums() {
    String database = "`" + servers.database() + "`";
    return new SumTables(
        name("events"),
        servers
            .cluster()
            .map(
                cluster -> "clusterAllReplicas(`" + cluster + "`, " + database + ", touched_local)")
            .orElse(name("touched")),
        name("sum_builds"),
        name("cells"),
        name("cell_ranks"),
        name("cell_sessions"),
        name("word_parts"),
        "(SELECT toInt64(value) AS micros FROM "
            + name("tombstones")
            + " WHERE kind = "
            + TombstoneTable.About.EXPIRED.ordinal()
            + ")");
  }

  /**
   * How many rows wait for others. They are few; so their places are found first, without looking
   * at what was replaced.
   */
  String countAside() {
    String events = name("events");
    return "SELECT count() FROM "
        + events
        + " FINAL WHERE aside != 0 AND (micros, event_id) IN (SELECT micros, event_id FROM "
        + events
        + " WHERE aside != 0) FORMAT RowBinary";
  }

  /** One row a usage of a model, with its cost by the rates of now; see docs/guide/cluster.md. */
  String modelCalls() {
    return "CREATE OR REPLACE VIEW "
        + name("model_calls")
        + " "
        + onCluster()
        + " AS SELECT e.event_id AS event_id, formatDateTime(e.timestamp,"
        + " '%Y-%m-%dT%H:%i:%S.%f+00:00', 'UTC') AS timestamp, e.session_id AS session_id,"
        + " e.project AS project, e.story_id AS story_id, e.agent_name AS agent_name,"
        + " e.d_model AS model, e.d_input_tokens AS input_tokens,"
        + " e.d_output_tokens AS output_tokens, e.d_cache_read_tokens AS cache_read_tokens,"
        + " e.d_cache_write_tokens AS cache_write_tokens, e.tokens_used AS tokens_used,"
        + " if(ifNull(e.d_billing = 'told', 0) OR r.model = '' OR coalesce(e.d_input_tokens,"
        + " e.d_output_tokens, e.d_cache_read_tokens, e.d_cache_write_tokens) IS NULL,"
        + " e.d_cost_usd, ifNull(e.d_input_tokens, 0) * r.input"
        + " + ifNull(e.d_output_tokens, 0) * r.output"
        + " + ifNull(e.d_cache_read_tokens, 0) * r.cache_read"
        + " + greatest(0, ifNull(e.d_cache_write_tokens, 0) - ifNull(e.d_cache_write_1h_tokens, 0))"
        + " * r.cache_write + ifNull(e.d_cache_write_1h_tokens, 0) * r.cache_write_1h"
        + " + ifNull(e.d_web_searches, 0) * r.web_search) AS cost_usd FROM (SELECT *, timestamp FROM "
        + name("events")
        + " FINAL WHERE aside = 0 AND event_type = 'model_call') AS e LEFT JOIN (SELECT * FROM "
        + name("rates")
        + " WHERE version = (SELECT max(version) FROM "
        + name("rates")
        + ")) AS r ON ifNull(e.d_model, '') = r.model AND ifNull(e.d_billing, '') = r.billing";
  }

  /** Says of every hour in which there are events that something came just now. */
  String touchAll() {
    return "INSERT INTO "
        + name("touched")
        + " SELECT micros - positiveModulo(micros, 3600000000) AS hour,"
        + " toUInt64(toUnixTimestamp64Micro(now64(6))), count() FROM "
        + name("events")
        + " GROUP BY hour";
  }

  /** Tells of what was built by the schemas 3 and 4, once more when it runs twice. */
  String carryBuilds() {
    return carried("[0, 4, 5]", "0", "builds");
  }

  /** Tells of the ranks that were built with the cells by the schemas 5 and 6, as above. */
  String carryRanks() {
    return carried("[4, 5]", "arrived", "sum_builds") + " WHERE kind = 0";
  }

  private String carried(String kinds, String arrived, String from) {
    return "INSERT INTO "
        + name("sum_builds")
        + " (kind, level, start, build, horizon, arrived, made) SELECT arrayJoin("
        + kinds
        + "), level, start, build, horizon, "
        + arrived
        + ", made FROM "
        + name(from);
  }

  /** The table on each replica at once, for a SELECT that must see what any of them has. */
  String onAllReplicas(String table) {
    return servers
        .cluster()
        .map(cluster -> "clusterAllReplicas(`" + cluster + "`, " + local(table) + ")")
        .orElseGet(() -> name(table));
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
      case "sum" -> SumColumns.declared();
      case "first" -> Long.toString(Versions.FIRST);
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
        + ")) SETTINGS background_insert_max_sleep_time_ms = 1000";
  }
}
