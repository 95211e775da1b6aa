package dev.flightlog.stores.clickhouse.health;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.servers.StoreCheck;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Looks at all servers that the address names, and at the cluster behind them. Stateless. */
public final class ServerChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Beyond this whoever follows the store may miss an event. */
  private static final long MOST_AHEAD_MS = 2_000;

  private static final long LEAST_FREE = 1L << 30;
  private static final double LEAST_FREE_SHARE = 0.05;
  private static final double MOST_MEMORY_SHARE = 0.9;
  private static final long MOST_DELAY_SECONDS = 60;

  private ServerChecks() {}

  /**
   * All checks; what cannot be asked is told as wrong.
   *
   * @param schema the version of the tables, and what this program knows
   */
  public static List<StoreCheck> of(Servers servers, String schema) {
    List<ServerState> states = new ArrayList<>();
    List<String> away = new ArrayList<>();
    List<String> tables = tables(servers);
    for (String host : servers.hosts()) {
      try (ServerConnection one = new ServerConnection(servers.only(host), PATIENCE)) {
        states.add(ServerState.of(one, tables));
      } catch (StoreException e) {
        away.add(String.valueOf(e.getMessage()));
      }
    }
    List<StoreCheck> checks = new ArrayList<>();
    checks.add(
        new StoreCheck(
            "servers",
            away.isEmpty(),
            states.size()
                + " of "
                + servers.hosts().size()
                + " answer"
                + (away.isEmpty() ? "" : "; " + String.join("; ", away))));
    if (states.isEmpty()) {
      return checks;
    }
    checks.add(versions(states));
    checks.add(new StoreCheck("schema", true, schema));
    checks.add(
        each(
            "tables",
            states,
            s -> s.tables() == tables.size(),
            s -> s.tables() + " tables",
            "the next import makes what is missing on one server; with several, restore that one"));
    checks.add(
        each(
            "clocks",
            states,
            s -> Math.abs(s.ahead()) <= MOST_AHEAD_MS,
            s -> s.ahead() + " ms",
            "set the clocks of the servers and of this machine: run chrony or ntpd on each"));
    checks.add(
        each(
            "disk",
            states,
            ServerChecks::hasSpace,
            s -> mebibytes(s.free()) + " of " + mebibytes(s.total()) + " free",
            "free some space, or add servers: docs/guide/sizing.md"));
    checks.add(
        each(
            "memory",
            states,
            ServerChecks::hasMemory,
            s ->
                mebibytes(s.memory())
                    + (s.memoryLimit() > 0 ? " of " + mebibytes(s.memoryLimit()) : ""),
            "give the server more, or set max_server_memory_usage"));
    checks.add(
        each(
            "replicas",
            states,
            s -> s.readOnly() == 0 && s.delay() <= MOST_DELAY_SECONDS,
            s ->
                s.delay()
                    + " s behind"
                    + (s.readOnly() > 0 ? ", " + s.readOnly() + " tables read-only" : ""),
            "look at Keeper, and at system.replication_queue there"));
    checks.add(
        each(
            "waiting",
            states,
            s -> s.waiting() == 0 && s.broken() == 0,
            s ->
                s.waiting()
                    + " files for other servers"
                    + (s.broken() > 0 ? ", " + s.broken() + " broken" : ""),
            "they are handed over when those servers answer; keep this server's disk until then"));
    cluster(servers).ifPresent(checks::add);
    return checks;
  }

  private static List<String> tables(Servers servers) {
    List<String> tables = new ArrayList<>();
    for (String name : List.of("meta", "events", "ids", "marks", "tombstones")) {
      tables.add(name);
      if (servers.cluster().isPresent()) {
        tables.add(name + "_local");
      }
    }
    return tables;
  }

  private static StoreCheck versions(List<ServerState> states) {
    List<String> versions = states.stream().map(ServerState::version).distinct().toList();
    return new StoreCheck(
        "version",
        versions.size() == 1,
        versions.size() == 1
            ? "ClickHouse " + versions.getFirst()
            : "the servers differ: " + byHost(states, ServerState::version) + "; update the older");
  }

  private static StoreCheck each(
      String name,
      List<ServerState> states,
      Predicate<ServerState> good,
      Function<ServerState, String> detail,
      String mend) {
    List<ServerState> bad = states.stream().filter(good.negate()).toList();
    return new StoreCheck(
        name,
        bad.isEmpty(),
        bad.isEmpty() ? byHost(states, detail) : byHost(bad, detail) + ": " + mend);
  }

  private static String byHost(List<ServerState> states, Function<ServerState, String> detail) {
    return states.stream()
        .map(state -> state.host() + " " + detail.apply(state))
        .collect(Collectors.joining(", "));
  }

  private static boolean hasSpace(ServerState state) {
    return state.free() >= LEAST_FREE && state.free() >= state.total() * LEAST_FREE_SHARE;
  }

  private static boolean hasMemory(ServerState state) {
    return state.memoryLimit() == 0 || state.memory() <= state.memoryLimit() * MOST_MEMORY_SHARE;
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  /** Whether each shard has a replica that answers. */
  private static Optional<StoreCheck> cluster(Servers servers) {
    if (servers.cluster().isEmpty()) {
      return Optional.empty();
    }
    String name = servers.cluster().get();
    String sql =
        "SELECT toInt64(uniqExact(shard_num)), toInt64(count()) FROM system.clusters WHERE cluster = "
            + Literals.text(name)
            + " FORMAT RowBinary";
    String answering =
        "SELECT toInt64(count()) FROM clusterAllReplicas(`"
            + name
            + "`, system.one) FORMAT RowBinary";
    try (ServerConnection any = new ServerConnection(servers, PATIENCE);
        RowReader row = RowReader.of(any, Query.of(sql));
        RowReader count =
            RowReader.of(any, Query.of(answering).with("skip_unavailable_shards", "1"))) {
      row.next();
      count.next();
      long shards = row.whole();
      long replicas = row.whole();
      long there = count.whole();
      return Optional.of(
          new StoreCheck(
              "cluster",
              there == replicas && shards > 0,
              name + ": " + shards + " shards, " + there + " of " + replicas + " replicas answer"));
    } catch (StoreException e) {
      return Optional.of(new StoreCheck("cluster", false, String.valueOf(e.getMessage())));
    }
  }
}
