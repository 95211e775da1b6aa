package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.Mark;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.NativeBlock;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The marks of one machine in the table {@code marks}: two machines may have files of one name.
 * Beside them {@linkplain MarksOfAll those of all}. Safe for many threads.
 */
final class MarkTable {
  private static final int MOST_KEYS = 5_000;

  private final ServerConnection connection;
  private final TableNames names;
  private final Versions versions;
  private final MarksOfAll ofAll;

  /** The newest number at which this machine kept something before this process; -1 not yet. */
  private final AtomicLong before = new AtomicLong(-1);

  /**
   * @param clock milliseconds since 1970
   */
  MarkTable(
      ServerConnection connection,
      TableNames names,
      Versions versions,
      Eraser eraser,
      LongSupplier clock) {
    this.connection = connection;
    this.names = names;
    this.versions = versions;
    this.ofAll = new MarksOfAll(connection, names, eraser, clock);
  }

  /** Keeps these; of two with one key the later. */
  void keep(List<Mark> marks) {
    Map<String, Mark> last = new LinkedHashMap<>();
    marks.forEach(mark -> last.put(mark.key(), mark));
    if (last.isEmpty()) {
      return;
    }
    boolean anyOfAll = last.keySet().stream().anyMatch(Mark::isOfAll);
    boolean anyOwn = !last.keySet().stream().allMatch(Mark::isOfAll);
    long own = anyOwn ? versions.after(newestBefore()) : 0;
    long common = anyOfAll ? ofAll.version() : 0;
    NativeBlock block = new NativeBlock().begin(4, last.size());
    block.column("machine", "String");
    last.keySet().forEach(key -> block.text(machine(key)));
    block.column("key", "String");
    last.keySet().forEach(block::text);
    block.column("value", "Nullable(String)");
    last.values().forEach(mark -> block.nulls(mark.value() == null));
    last.values().forEach(mark -> block.text(mark.value()));
    block.column("version", "UInt64");
    last.keySet().forEach(key -> block.whole(Mark.isOfAll(key) ? common : own));
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

  private String machine(String key) {
    return Mark.isOfAll(key) ? MarksOfAll.MACHINE : connection.servers().machine();
  }

  Map<String, String> of(String prefix) {
    return marks(where(prefix));
  }

  Map<String, String> of(Collection<String> keys) {
    List<String> own = keys.stream().filter(key -> !Mark.isOfAll(key)).toList();
    List<String> common = keys.stream().filter(Mark::isOfAll).toList();
    Map<String, String> found = new TreeMap<>();
    for (List<String> each : List.of(own, common)) {
      for (int from = 0; from < each.size(); from += MOST_KEYS) {
        List<String> some = each.subList(from, Math.min(each.size(), from + MOST_KEYS));
        String machine = Literals.text(machine(some.getFirst()));
        found.putAll(marks("machine = " + machine + " AND key IN " + Literals.texts(some)));
      }
    }
    return found;
  }

  Set<String> keys(String prefix) {
    Set<String> keys = new TreeSet<>();
    String sql = "SELECT key" + from(where(prefix)) + " AND isNotNull(value) FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
      while (rows.next()) {
        keys.add(rows.text());
      }
    }
    return keys;
  }

  private Map<String, String> marks(String where) {
    Map<String, String> found = new TreeMap<>();
    String sql = "SELECT key, value" + from(where) + " FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
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

  private String from(String where) {
    return " FROM " + names.name("marks") + " FINAL WHERE " + where;
  }

  /** Those of this machine, and of all; what a machine kept itself of what is common is old. */
  private String where(String prefix) {
    String own =
        "machine = "
            + Literals.text(connection.servers().machine())
            + " AND startsWith(key, "
            + Literals.text(prefix)
            + ")";
    String common = "machine = '" + MarksOfAll.MACHINE + "' AND startsWith(key, ";
    if (Mark.isOfAll(prefix)) {
      return common + Literals.text(prefix) + ")";
    }
    String all = Literals.text(Mark.OF_ALL);
    return Mark.OF_ALL.startsWith(prefix)
        ? "(" + own + " AND NOT startsWith(key, " + all + ") OR " + common + all + "))"
        : own;
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
