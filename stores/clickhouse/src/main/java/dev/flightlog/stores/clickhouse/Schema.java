package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The tables and how they came to be: {@code schema-<n>.sql} leads to version n, which is kept in
 * the table {@code meta}. Every statement may run twice, so several programs may do so at once, and
 * one that was killed is followed by another.
 */
final class Schema {
  static final int VERSION = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServerConnection connection;
  private final TableNames names;

  Schema(ServerConnection connection) {
    this.connection = connection;
    this.names = new TableNames(connection.servers());
  }

  /**
   * Makes what is missing, and brings older tables to this version.
   *
   * @return whether events were lost with a table that somebody dropped; then the marks are gone,
   *     too, so that every machine takes in again what it has
   */
  boolean migrate() {
    String database = connection.servers().database();
    if (number("SELECT count() FROM system.databases WHERE name = " + Literals.text(database))
        == 0) {
      everywhere("CREATE DATABASE IF NOT EXISTS `" + database + "` " + names.onCluster());
    }
    boolean known = exists();
    if (!known && tables() > 0) {
      throw new StoreException(
          Kind.REFUSED,
          connection.servers()
              + ": the database holds tables of another program; name another database");
    }
    int version = known ? version() : 0;
    boolean dropped = known && !hasEvents();
    if (version == VERSION && !dropped) {
      return false;
    }
    for (int next = dropped ? 1 : version + 1; next <= VERSION; next++) {
      for (String statement : statements("schema-" + next + ".sql")) {
        everywhere(names.fill(statement));
      }
      names.distributed().forEach(this::everywhere);
      tell("schema", Integer.toString(next));
    }
    everywhere(names.modelCalls());
    if (version == 1) {
      connection.run(Query.of(names.touchAll()));
    }
    if (version == 0 || dropped) {
      tell("feed", UUID.randomUUID().toString());
    }
    if (dropped) {
      everywhere("TRUNCATE TABLE " + names.local("marks") + " " + names.onCluster());
    }
    return dropped;
  }

  private boolean hasEvents() {
    Set<String> needed = new TreeSet<>();
    for (String table : List.of("events", "ids")) {
      needed.add(Literals.text(table));
      needed.add(
          Literals.text(table + (connection.servers().cluster().isPresent() ? "_local" : "")));
    }
    long there =
        number(
            "SELECT count() FROM system.tables WHERE database = "
                + Literals.text(connection.servers().database())
                + " AND name IN ("
                + String.join(", ", needed)
                + ")");
    return there == needed.size();
  }

  /** Refuses a store that this version cannot read as it is. */
  void requireVersion() {
    if (!exists()) {
      throw new StoreException(
          Kind.UNREACHABLE, connection.servers() + ": there is no store yet; import something");
    }
    int version = version();
    if (version < VERSION) {
      throw new StoreException(
          Kind.REFUSED,
          connection.servers()
              + ": was made by an older Flightlog (schema "
              + version
              + ", this one knows "
              + VERSION
              + "); open it once with a user that may change tables");
    }
  }

  private boolean exists() {
    return number(
            "SELECT count() FROM system.tables WHERE database = "
                + Literals.text(connection.servers().database())
                + " AND name = 'meta'")
        > 0;
  }

  private long tables() {
    return number(
        "SELECT count() FROM system.tables WHERE database = "
            + Literals.text(connection.servers().database())
            + " AND name NOT LIKE 'meta%'");
  }

  private int version() {
    int version =
        (int)
            number(
                "SELECT toInt64(max(toUInt32OrZero(value))) FROM "
                    + names.name("meta")
                    + " WHERE key = 'schema'");
    if (version > VERSION) {
      throw new StoreException(
          Kind.NEWER,
          connection.servers()
              + ": was written by a newer Flightlog (schema "
              + version
              + ", this one knows "
              + VERSION
              + "); use the newer one here, too");
    }
    return version;
  }

  /**
   * The name of the order of arrival; the last that was told, for tables made anew have another.
   */
  String feed() {
    try (RowReader rows =
        RowReader.of(
            connection,
            Query.of(
                "SELECT argMax(value, (created, value)) FROM "
                    + names.name("meta")
                    + " WHERE key = 'feed' FORMAT RowBinary"))) {
      return rows.next() ? rows.text() : "";
    }
  }

  private void tell(String key, String value) {
    connection.run(
        Query.of(
                "INSERT INTO "
                    + names.name("meta")
                    + " (key, value) VALUES ("
                    + Literals.text(key)
                    + ", "
                    + Literals.text(value)
                    + ")")
            .with("distributed_foreground_insert", "1"));
  }

  /** Runs a statement that changes tables, on every server when Keeper does not pass it on. */
  private void everywhere(String statement) {
    Servers servers = connection.servers();
    if (servers.cluster().isEmpty() || servers.replicated()) {
      connection.run(Query.of(statement));
      return;
    }
    for (String host : servers.hosts()) {
      try (ServerConnection one = new ServerConnection(servers.only(host), PATIENCE)) {
        one.run(Query.of(statement));
      }
    }
  }

  private long number(String sql) {
    try (RowReader rows = RowReader.of(connection, Query.of(sql + " FORMAT RowBinary"))) {
      return rows.next() ? rows.whole() : 0;
    }
  }

  /** The statements of a resource. */
  static List<String> statements(String resource) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text(resource).split("\n", -1)) {
      if (line.startsWith("--")) {
        continue;
      }
      statement.append(line).append('\n');
      if (line.endsWith(";")) {
        statements.add(statement.substring(0, statement.length() - 2));
        statement.setLength(0);
      }
    }
    return statements;
  }

  private static String text(String resource) {
    try (InputStream in = Schema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the program is damaged: " + resource, e);
    }
  }
}
