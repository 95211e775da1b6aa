package dev.flightlog.stores.clickhouse.asking;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.sql.ReadingStatement;
import dev.flightlog.store.sql.SqlAnswer;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a person, which may read and nothing else. Of each event it sees what is kept
 * now: the table {@code events} without what was replaced or waits. Stateless; blocks.
 */
public record AskedStatement(ServerConnection connection) {
  private static final List<String> READING =
      List.of("SELECT", "WITH", "SHOW", "DESCRIBE", "EXISTS", "EXPLAIN");

  /** More than a process with a small heap can hold twice. */
  private static final long MOST_CHARACTERS = 64L << 20;

  private static final long MOST_MEMORY = 4L << 30;

  /** Answers it, as {@link dev.flightlog.store.sql.SqlStore#sql} tells. */
  public SqlAnswer run(String statement, int limit, Duration patience) {
    ReadingStatement.require(statement, READING);
    String sql = statement.strip();
    sql = sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
    String database = connection.servers().database();
    String events = connection.servers().cluster().isPresent() ? "events_local" : "events";
    Query query =
        Query.of(sql)
            .with("readonly", "2")
            .with("database", database)
            .with("default_format", "JSONCompactEachRowWithNamesAndTypes")
            .with("final", "1")
            .with("additional_table_filters", "{'" + database + "." + events + "':'aside = 0'}")
            .with("output_format_json_quote_64bit_integers", "0")
            .with("output_format_json_quote_denormals", "1")
            .with("max_result_rows", Long.toString(limit + 1L))
            .with("result_overflow_mode", "break")
            .with("max_memory_usage", Long.toString(MOST_MEMORY))
            .with("wait_end_of_query", "1")
            .patience(patience);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.stream(query), StandardCharsets.UTF_8))) {
      return answer(lines, limit);
    } catch (IOException e) {
      throw connection.broken(e);
    }
  }

  private SqlAnswer answer(BufferedReader lines, int limit) throws IOException {
    List<String> columns = texts(lines.readLine());
    List<String> types = texts(lines.readLine());
    List<List<@Nullable Object>> rows = new ArrayList<>();
    long characters = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (rows.size() == limit) {
        return new SqlAnswer(columns, Collections.unmodifiableList(rows), false);
      }
      characters += line.length();
      if (characters > MOST_CHARACTERS) {
        throw new StoreException(
            Kind.REFUSED,
            "the answer has more than "
                + (MOST_CHARACTERS >> 20)
                + " million characters after "
                + rows.size()
                + " rows: select fewer columns or rows, or give --limit");
      }
      List<?> values = array(line);
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        row.add(shown(values.get(i), types.get(i)));
      }
      rows.add(Collections.unmodifiableList(row));
    }
    return new SqlAnswer(columns, Collections.unmodifiableList(rows), true);
  }

  private List<String> texts(@Nullable String line) {
    return line == null ? List.of() : array(line).stream().map(String::valueOf).toList();
  }

  private List<?> array(String line) {
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    try {
      if (new JsonReader().reset(utf8, 0, utf8.length).value() instanceof List<?> values) {
        return values;
      }
    } catch (JsonException e) {
      // Told below.
    }
    throw new StoreException(
        Kind.REFUSED, "the statement answers in a form of its own: leave its FORMAT out");
  }

  private static @Nullable Object shown(@Nullable Object value, String type) {
    return switch (value) {
      case null -> null;
      case Boolean yes -> yes ? (Object) 1L : 0L;
      case Number number ->
          type.contains("Float") || type.contains("Decimal")
              ? (Object) number.doubleValue()
              : number instanceof Long whole ? whole : number.toString();
      case List<?> list -> new JsonWriter().value(list).toString();
      case Map<?, ?> map -> new JsonWriter().value(map).toString();
      default -> value.toString();
    };
  }
}
