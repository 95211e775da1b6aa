package dev.flightlog.benchmarks.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.flightlog.benchmarks.harness.Forked;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a careful programmer writes with JDBC: Jackson's streaming parser, a prepared statement in
 * batches of 1,000, one transaction for 10,000 rows, tuned pragmas, indexes afterwards. Arguments:
 * DATABASE TABLE.sql INDEXES.sql FILES.txt
 */
final class JdbcLoader {
  private static final List<String> COLUMNS =
      List.of(
          "event_id",
          "timestamp",
          "event_type",
          "category",
          "session_id",
          "story_id",
          "workflow_id",
          "agent_name",
          "task_id",
          "run_id",
          "step",
          "component",
          "duration_ms",
          "tokens_used",
          "context_percent",
          "success",
          "confidence_score",
          "impact_score",
          "time_saved_or_wasted_ms",
          "user_satisfaction_delta",
          "created_rule",
          "pattern_detected",
          "needs_review",
          "details");

  private final JsonFactory json = new JsonFactory();
  private final Map<String, Integer> places = new HashMap<>();
  private final PreparedStatement insert;

  private JdbcLoader(Connection connection) throws SQLException {
    for (int i = 0; i < COLUMNS.size(); i++) {
      places.put(COLUMNS.get(i), i + 1);
    }
    places.put("id", 1);
    insert =
        connection.prepareStatement(
            "INSERT INTO events("
                + String.join(",", COLUMNS)
                + ") VALUES(?"
                + ",?".repeat(COLUMNS.size() - 1)
                + ")");
  }

  public static void main(String[] arguments) throws Exception {
    long rows = 0;
    try (Connection connection = Index.connect(Path.of(arguments[0]));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=NORMAL");
      statement.execute("PRAGMA cache_size=-262144");
      statement.execute("PRAGMA temp_store=MEMORY");
      statement.execute("PRAGMA wal_autocheckpoint=10000");
      statement.executeUpdate(Files.readString(Path.of(arguments[1])));
      connection.setAutoCommit(false);
      JdbcLoader loader = new JdbcLoader(connection);
      for (String file : Files.readAllLines(Path.of(arguments[3]))) {
        rows = loader.load(Path.of(file), rows, connection);
      }
      loader.insert.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
      statement.executeUpdate(Files.readString(Path.of(arguments[2])));
    }
    Forked.report(System.out, "rows", rows);
  }

  private long load(Path file, long before, Connection connection)
      throws IOException, SQLException {
    long rows = before;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        bind(line);
        insert.addBatch();
        if (++rows % 1000 == 0) {
          insert.executeBatch();
        }
        if (rows % 10_000 == 0) {
          connection.commit();
        }
      }
    }
    return rows;
  }

  private void bind(String line) throws IOException, SQLException {
    insert.clearParameters();
    try (JsonParser parser = json.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Integer place = places.get(parser.currentName());
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
          int from = (int) parser.currentTokenLocation().getCharOffset();
          parser.skipChildren();
          int to = (int) parser.currentTokenLocation().getCharOffset() + 1;
          if (place != null) {
            insert.setString(place, line.substring(from, to));
          }
        } else if (place != null) {
          bind(parser, token, place);
        }
      }
    }
  }

  private void bind(JsonParser parser, JsonToken token, int place)
      throws IOException, SQLException {
    switch (token) {
      case VALUE_STRING -> insert.setString(place, parser.getText());
      case VALUE_NUMBER_INT -> insert.setLong(place, parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> insert.setDouble(place, parser.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> insert.setInt(place, token == JsonToken.VALUE_TRUE ? 1 : 0);
      default -> {}
    }
  }
}
