package dev.flightlog.stores.clickhouse.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One statement.
 *
 * @param body rows of an INSERT, or null
 * @param settings of ClickHouse, for this statement
 * @param patience how long it may take
 */
public record Query(
    String sql, byte @Nullable [] body, Map<String, String> settings, Duration patience) {
  /** How long a statement takes at most that does not read many events. */
  public static final Duration PATIENCE = Duration.ofSeconds(120);

  public Query {
    settings = Map.copyOf(settings);
  }

  public static Query of(String sql) {
    return new Query(sql, null, Map.of(), PATIENCE);
  }

  /** Rows in the format that the statement names. */
  public Query with(byte[] rows) {
    return new Query(sql, rows, settings, patience);
  }

  public Query with(String setting, String value) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(setting, value);
    return new Query(sql, body, all, patience);
  }

  public Query patience(Duration longest) {
    return new Query(sql, body, settings, longest);
  }
}
