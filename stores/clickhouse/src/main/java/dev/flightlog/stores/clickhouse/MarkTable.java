package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.Mark;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.NativeBlock;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The marks of one machine in the table {@code marks}: two machines may have files of one name.
 * Safe for many threads.
 */
final class MarkTable {
  private final ServerConnection connection;
  private final TableNames names;
  private final Versions versions;

  /** The newest number at which this machine kept something before this process; -1 not yet. */
  private final AtomicLong before = new AtomicLong(-1);

  MarkTable(ServerConnection connection, TableNames names, Versions versions) {
    this.connection = connection;
    this.names = names;
    this.versions = versions;
  }

  /** Keeps these; of two with one key the later. */
  void keep(List<Mark> marks) {
    Map<String, Mark> last = new LinkedHashMap<>();
    marks.forEach(mark -> last.put(mark.key(), mark));
    if (last.isEmpty()) {
      return;
    }
    long version = versions.after(newestBefore());
    NativeBlock block = new NativeBlock().begin(4, last.size());
    block.column("machine", "String");
    last.keySet().forEach(_ -> block.text(connection.servers().machine()));
    block.column("key", "String");
    last.keySet().forEach(block::text);
    block.column("value", "Nullable(String)");
    last.values().forEach(mark -> block.nulls(mark.value() == null));
    last.values().forEach(mark -> block.text(mark.value()));
    block.column("version", "UInt64");
    last.values().forEach(_ -> block.whole(version));
    Inserts.run(
        connection,
        "INSERT INTO " + names.name("marks") + " (machine, key, value, version) FORMAT Native",
        block.toByteArray(),
        UUID.randomUUID().toString());
  }

  /** A clock that was set back must not make old marks the newest. */
  private long newestBefore() {
    long known = before.get();
    if (known >= 0) {
      return known;
    }
    Query newest =
        Query.of(
            "SELECT toInt64(max(version)) FROM "
                + names.name("marks")
                + " WHERE machine = "
                + Literals.text(connection.servers().machine())
                + " FORMAT RowBinary");
    try (RowReader rows = RowReader.of(connection, newest)) {
      known = rows.next() ? rows.whole() : 0;
    }
    before.set(known);
    return known;
  }

  Map<String, String> of(String prefix) {
    Map<String, String> found = new TreeMap<>();
    try (RowReader rows =
        RowReader.of(
            connection,
            Query.of(
                "SELECT key, value FROM "
                    + names.name("marks")
                    + " FINAL WHERE machine = "
                    + Literals.text(connection.servers().machine())
                    + " AND startsWith(key, "
                    + Literals.text(prefix)
                    + ") FORMAT RowBinary"))) {
      while (rows.next()) {
        String key = rows.text();
        String value = rows.textOrNull();
        if (value != null) {
          found.put(key, value);
        }
      }
    }
    return found;
  }

  /** The mark of this key of each machine, by machines. */
  Map<String, String> ofMachines(String key) {
    Map<String, String> found = new TreeMap<>();
    String sql =
        "SELECT machine, assumeNotNull(value) FROM "
            + names.name("marks")
            + " FINAL WHERE key = "
            + Literals.text(key)
            + " AND isNotNull(value) FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
      while (rows.next()) {
        found.put(rows.text(), rows.text());
      }
    }
    return found;
  }
}
