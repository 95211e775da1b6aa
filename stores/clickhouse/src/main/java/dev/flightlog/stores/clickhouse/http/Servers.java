package dev.flightlog.stores.clickhouse.http;

import java.util.List;
import java.util.Optional;

/**
 * Where a store is, and who asks.
 *
 * @param hosts {@code host:port}, at least one; all hold the same store
 * @param tls whether requests go over TLS
 * @param database its name: letters, digits and _
 * @param password kept out of every message
 * @param cluster the cluster of {@code remote_servers} over which the store is spread
 * @param replicated whether the tables of a cluster are replicated by Keeper; otherwise each server
 *     is given its tables by itself, and {@code Distributed} tables write to all replicas
 * @param machine which of the machines that share the store asks; each has marks of its own
 * @param sumsFrom so many events an hour or a day has of which all sums are kept
 */
public record Servers(
    List<String> hosts,
    boolean tls,
    String user,
    String password,
    String database,
    Optional<String> cluster,
    boolean replicated,
    String machine,
    long sumsFrom) {

  public Servers {
    hosts = List.copyOf(hosts);
  }

  /** Only this one of the hosts. */
  public Servers only(String host) {
    return new Servers(
        List.of(host), tls, user, password, database, cluster, replicated, machine, sumsFrom);
  }

  /** For messages: everything but the password. */
  @Override
  public String toString() {
    return "clickhouse://" + user + "@" + String.join(",", hosts) + "/" + database;
  }
}
