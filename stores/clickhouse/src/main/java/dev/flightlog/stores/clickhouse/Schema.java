package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.sql.SqlScript;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.clickhouse.rows.NativeBlock;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The tables and how they came to be: {@code schema-<n>.sql} leads to version n, which is kept in
 * the table {@code meta}. Every statement may run twice, so several programs may do so at once, and
 * one that was killed is followed by another.
 */
final class Schema {
  static final int VERSION = 7;

  /** In the place of a name of a table: the database is there. */
  private static final String DATABASE = "";

  /** The first table that is made; in a cluster of those that are distributed a late one. */
  private static final String META = "meta";

  private static final List<String> EVENTS = List.of("events", "ids");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServerConnection connection;
  private final TableNames names;

  Schema(ServerConnection connection) {
    this.connection = connection;
    this.names = new TableNames(connection.servers());
  }

  /**
   * What is there.
   *
   * @param feed the name of the order of arrival; tables made anew have another
   * @param lost whether events were lost with a table that somebody dropped; then the marks are
   *     gone, too, so that every machine takes in again what it has
   */
  record State(String feed, boolean lost) {}

  /** Makes what is missing, and brings older tables to this version. */
  State migrate() {
    Set<String> there = there();
    boolean known = there.contains(META);
    if (!there.contains(local(META)) && there.stream().anyMatch(name -> !name.isEmpty())) {
      throw new StoreException(
          Kind.REFUSED,
          connection.servers()
              + ": the database holds tables of another program; name another database");
    }
    Told told = known ? told() : Told.NOTHING;
    // Before a version is told another program may be making the tables.
    boolean dropped =
        told.version > 0
            && !(there.containsAll(EVENTS)
                && there.containsAll(EVENTS.stream().map(this::local).toList()));
    if (told.version == VERSION && !dropped) {
      return new State(told.feed, false);
    }
    List<String> statements = new ArrayList<>();
    if (!there.contains(DATABASE)) {
      String database = connection.servers().database();
      statements.add("CREATE DATABASE IF NOT EXISTS `" + database + "` " + names.onCluster());
    }
    for (int next = dropped ? 1 : told.version + 1; next <= VERSION; next++) {
      statements("schema-" + next + ".sql").forEach(each -> statements.add(names.fill(each)));
    }
    statements.addAll(names.distributed());
    statements.add(names.modelCalls());
    if (dropped) {
      statements.add("TRUNCATE TABLE " + names.local("marks") + " " + names.onCluster());
    }
    everywhere(statements);
    if (told.version == 1 && !dropped) {
      connection.run(Query.of(names.touchAll()));
    }
    if (told.version == 3 || told.version == 4) {
      connection.run(Query.of(names.carryBuilds()));
    }
    if ((told.version == 5 || told.version == 6) && !dropped) {
      connection.run(Query.of(names.carryRanks()));
    }
    tell(told.version == 0 || dropped ? UUID.randomUUID().toString() : told.feed);
    return new State(told().feed, dropped);
  }

  /** Refuses a store that this version cannot read as it is. */
  State requireVersion() {
    if (!there().contains(META)) {
      throw new StoreException(
          Kind.UNREACHABLE, connection.servers() + ": there is no store yet; import something");
    }
    Told told = told();
    if (told.version < VERSION) {
      throw new StoreException(
          Kind.REFUSED,
          connection.servers()
              + ": was made by an older Flightlog (schema "
              + told.version
              + ", this one knows "
              + VERSION
              + "); open it once with a user that may change tables");
    }
    return new State(told.feed, false);
  }

  private String local(String table) {
    return connection.servers().cluster().isPresent() ? table + "_local" : table;
  }

  /** The names of all tables, and {@link #DATABASE} when the database is there. */
  private Set<String> there() {
    String database = Literals.text(connection.servers().database());
    Set<String> names = new HashSet<>();
    try (RowReader rows =
        RowReader.of(
            connection,
            Query.of(
                "SELECT name FROM system.tables WHERE database = "
                    + database
                    + " UNION ALL SELECT '' FROM system.databases WHERE name = "
                    + database
                    + " FORMAT RowBinary"))) {
      while (rows.next()) {
        names.add(rows.text());
      }
    }
    return names;
  }

  /** What stands in the table {@code meta}. */
  private record Told(int version, String feed) {
    static final Told NOTHING = new Told(0, "");
  }

  private Told told() {
    try (RowReader rows =
        RowReader.of(
            connection,
            Query.of(
                "SELECT toInt64(maxIf(toUInt32OrZero(value), key = 'schema')),"
                    + " argMaxIf(value, (created, value), key = 'feed') FROM "
                    + names.name(META)
                    + " FORMAT RowBinary"))) {
      Told told = rows.next() ? new Told((int) rows.whole(), rows.text()) : Told.NOTHING;
      if (told.version > VERSION) {
        throw new StoreException(
            Kind.NEWER,
            connection.servers()
                + ": was written by a newer Flightlog (schema "
                + told.version
                + ", this one knows "
                + VERSION
                + "); use the newer one here, too");
      }
      return told;
    }
  }

  /** Tells this version, and the name of the order of arrival. */
  private void tell(String feed) {
    NativeBlock block = new NativeBlock().begin(2, 2);
    block.column("key", "String");
    block.text("schema");
    block.text("feed");
    block.column("value", "String");
    block.text(Integer.toString(VERSION));
    block.text(feed);
    Inserts.run(
        connection,
        "INSERT INTO " + names.name(META) + " (key, value) FORMAT Native",
        block.toByteArray(),
        UUID.randomUUID().toString());
  }

  /** Runs statements that change tables; on every server when Keeper does not pass them on. */
  private void everywhere(List<String> statements) {
    Servers servers = connection.servers();
    if (servers.cluster().isEmpty() || servers.replicated()) {
      statements.forEach(each -> connection.run(Query.of(each)));
      return;
    }
    EachServer.run(
        servers, PATIENCE, server -> statements.forEach(each -> server.run(Query.of(each))));
  }

  /** The statements of a resource. */
  static List<String> statements(String resource) {
    return SqlScript.statements(Schema.class.getResourceAsStream(resource), resource);
  }
}
