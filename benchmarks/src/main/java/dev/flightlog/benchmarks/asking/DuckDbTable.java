package dev.flightlog.benchmarks.asking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeMap;

/**
 * The same events in DuckDB's own file: typed columns, and the details that the questions ask for
 * as columns of their own, which is kinder to it than JSON.
 */
final class DuckDbTable {
  private static final String COLUMNS =
      "{id: 'VARCHAR', timestamp: 'TIMESTAMPTZ', event_type: 'VARCHAR', category: 'VARCHAR',"
          + " session_id: 'VARCHAR', story_id: 'VARCHAR', workflow_id: 'VARCHAR',"
          + " agent_name: 'VARCHAR', duration_ms: 'BIGINT', tokens_used: 'BIGINT',"
          + " context_percent: 'DOUBLE', success: 'BOOLEAN', confidence_score: 'DOUBLE',"
          + " details: 'JSON'}";

  private DuckDbTable() {}

  /** The file for these journals; made when it is not there yet. */
  static Path of(Path journals, Path work) throws IOException, SQLException {
    Path file = work.resolve(journals.getFileName() + ".duckdb");
    if (Files.exists(file)) {
      return file;
    }
    Path unfinished = work.resolve("unfinished.duckdb");
    Files.deleteIfExists(unfinished);
    StringBuilder sql = new StringBuilder("CREATE TABLE events AS SELECT * EXCLUDE (timestamp),");
    sql.append(" timestamp AT TIME ZONE 'UTC' AS timestamp");
    new TreeMap<>(Asked.DETAILS)
        .forEach((name, type) ->
            sql.append(", CAST(details->>'$.")
                .append(name)
                .append("' AS ")
                .append(type)
                .append(") AS ")
                .append(name));
    sql.append(" FROM read_json('")
        .append(journals)
        .append("/*.jsonl', format = 'newline_delimited',");
    sql.append(" columns = ").append(COLUMNS).append(')');
    try (Connection connection = connect(unfinished);
        Statement statement = connection.createStatement()) {
      statement.execute("SET preserve_insertion_order = false");
      statement.execute(sql.toString());
    }
    return Files.move(unfinished, file);
  }

  static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + file);
  }
}
