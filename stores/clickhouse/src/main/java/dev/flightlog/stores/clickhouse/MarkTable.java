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

/**
 * The marks of one machine in the table {@code marks}: two machines may have files of one name.
 * Safe for many threads.
 */
record MarkTable(ServerConnection connection, TableNames names, Versions versions) {

  /** Keeps these; of two with one key the later. */
  void keep(List<Mark> marks) {
    Map<String, Mark> last = new LinkedHashMap<>();
    marks.forEach(mark -> last.put(mark.key(), mark));
    if (last.isEmpty()) {
      return;
    }
    long version = versions.after(0);
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
}
