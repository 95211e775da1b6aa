package dev.flightlog.benchmarks.importing;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.ImportReport;
import dev.flightlog.importer.Importer;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An index file: made by the importer, and looked at with plain SQL. */
public final class Index {
  private static final String FILE = "events_index.db";

  private Index() {}

  /** Where the index of a home is. */
  public static Path in(Path home) {
    return home.resolve(FILE);
  }

  /** Imports as the command line does. */
  public static ImportReport fill(Path home, List<Path> paths) throws IOException {
    return fill(home, paths, true);
  }

  /** The same; without an index of words, when these are not wanted. */
  static ImportReport fill(Path home, List<Path> paths, boolean words) throws IOException {
    try (SqliteStore store = SqliteStore.open(in(home), words)) {
      return importer(store, home).run(paths, ImportOptions.defaults(), ImportListener.NONE);
    }
  }

  static Importer importer(SqliteStore store, Path home) throws IOException {
    Files.createDirectories(home);
    Redactor redactor = Redactor.create(RedactionKey.inHome(home));
    return new Importer(store, redactor, home.resolve("quarantine"));
  }

  /** What must be equal, whoever loaded the same events. */
  static Map<String, Object> contents(Path database) throws SQLException {
    Map<String, Object> out = new LinkedHashMap<>();
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT count(*), sum(duration_ms), sum(tokens_used), sum(length(details)),"
                    + " sum(success), min(timestamp), max(event_id), sum(length(session_id))"
                    + " FROM events")) {
      for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
        out.put(found.getMetaData().getColumnName(i), String.valueOf(found.getObject(i)));
      }
    }
    return out;
  }

  static Connection connect(Path database) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database);
  }
}
