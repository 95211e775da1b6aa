package dev.flightlog.stores.clickhouse.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One statement.
 *
 * @param body rows of an INSERT, or null
 * @param tables rows that are sent along under a name, and that the statement can read
 * @param settings of ClickHouse, for this statement
 * @param patience how long it may take
 */
public record Query(
    String sql,
    byte @Nullable [] body,
    Map<String, SentTable> tables,
    Map<String, String> settings,
    Duration patience) {
  /** How long a statement takes at most that does not read many events. */
  public static final Duration PATIENCE = Duration.ofSeconds(120);

  /**
   * Rows that are sent with a statement.
   *
   * @param structure names and types of the columns
   * @param rows in the format RowBinary
   */
  public record SentTable(String structure, byte[] rows) {}

  public Query {
    tables = Map.copyOf(tables);
    settings = Map.copyOf(settings);
    if (body != null && !tables.isEmpty()) {
      throw new IllegalArgumentException("a statement takes rows, or tables, not both");
    }
  }

  public static Query of(String sql) {
    return new Query(sql, null, Map.of(), Map.of(), PATIENCE);
  }

  /** Rows in the format that the statement names. */
  public Query with(byte[] rows) {
    return new Query(sql, rows, tables, settings, patience);
  }

  /** Rows that the statement can read under this name. */
  public Query with(String name, SentTable table) {
    Map<String, SentTable> all = new LinkedHashMap<>(tables);
    all.put(name, table);
    return new Query(sql, body, all, settings, patience);
  }

  public Query with(String setting, String value) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(setting, value);
    return new Query(sql, body, tables, all, patience);
  }

  public Query patience(Duration longest) {
    return new Query(sql, body, tables, settings, longest);
  }
}
