package dev.flightlog.tasks.index;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The file of the index of tasks: opened, made, begun anew. Stateless. */
final class TaskDatabase {
  private static final int VERSION = 2;

  /** SQLITE_CORRUPT and SQLITE_NOTADB. */
  private static final int CORRUPT = 11;

  private static final int NO_DATABASE = 26;

  private TaskDatabase() {}

  /** Something to do within a transaction. */
  interface Work {
    void run() throws SQLException;
  }

  static Connection open(Path file) throws IOException, SQLException {
    createPrivate(file);
    try {
      return prepared(file);
    } catch (SQLException e) {
      int code = e.getErrorCode() & 0xff;
      if (code != CORRUPT && code != NO_DATABASE) {
        throw e;
      }
      delete(file);
      createPrivate(file);
      return prepared(file);
    }
  }

  private static Connection prepared(Path file) throws IOException, SQLException {
    Connection connection = connect(file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = NORMAL");
      int version;
      try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
        version = row.next() ? row.getInt(1) : 0;
      }
      if (version != VERSION) {
        if (version != 0) {
          connection.close();
          delete(file);
          createPrivate(file);
          return prepared(file);
        }
        transaction(connection, () -> create(statement));
      }
      return connection;
    } catch (IOException | SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void create(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      if (row.next() && row.getInt(1) == VERSION) {
        return; // another process was faster
      }
    }
    statement.execute(TaskColumns.table());
    for (String sql : schema().replaceAll("(?m)^--.*\n", "").split(";\\s*\n", -1)) {
      if (!sql.isBlank()) {
        statement.execute(sql);
      }
    }
    statement.execute("PRAGMA user_version = " + VERSION);
  }

  private static String schema() {
    try (InputStream in = TaskDatabase.class.getResourceAsStream("schema.sql")) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: schema.sql is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the program is damaged: schema.sql", e);
    }
  }

  static Connection openForReading(Path file) throws SQLException {
    Connection connection = connect(file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cache_size = -32768");
      statement.execute("PRAGMA mmap_size = 1073741824");
      statement.execute("PRAGMA temp_store = MEMORY");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** All or nothing; takes the lock for writing at once, so that it need not be asked for later. */
  static void transaction(Connection connection, Work work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      boolean done = false;
      try {
        work.run();
        statement.execute("COMMIT");
        done = true;
      } finally {
        if (!done) {
          rollBack(statement);
        }
      }
    }
  }

  private static void rollBack(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, as it does on a full disk; the cause is what is told.
    }
  }

  private static void createPrivate(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      OwnerOnly.createFolder(folder);
    }
    OwnerOnly.createFile(file);
  }

  private static void delete(Path file) throws IOException {
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(Path.of(file + suffix));
    }
  }
}
