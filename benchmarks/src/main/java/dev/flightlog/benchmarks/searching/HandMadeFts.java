package dev.flightlog.benchmarks.searching;

import dev.flightlog.benchmarks.importing.Index;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A contentless FTS5 table over the rows of an index, in a file of its own. */
final class HandMadeFts {
  private HandMadeFts() {}

  /** The file; made when it is not there. Blocks while it is made, some 20 s a million events. */
  static Path of(Path home) throws IOException {
    Path file = home.resolveSibling(home.getFileName() + ".fts.db");
    if (!Files.exists(file)) {
      Path part = Files.createTempFile(file.getParent(), "fts", ".part");
      try (Connection connection = connect(part, home);
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA synchronous = OFF");
        statement.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='')");
        statement.execute(
            "INSERT INTO words (rowid, text) SELECT id, concat_ws(' ', event_type, category, session_id,"
                + " story_id, workflow_id, agent_name, details) FROM events ORDER BY id");
        statement.execute("INSERT INTO words (words) VALUES ('optimize')");
      } catch (SQLException e) {
        throw new IOException(e);
      }
      Files.move(part, file);
    }
    return file;
  }

  /** A connection to it, with the rows beside. */
  static Connection connect(Path fts, Path home) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fts);
    try (Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + Index.in(home) + "' AS kept");
      statement.execute("PRAGMA cache_size = -65536");
    }
    return connection;
  }
}
