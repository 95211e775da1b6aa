package dev.flightlog.home.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Opens SQLite files of other programs for reading only. One that has a write-ahead log and nothing
 * in it, or lies in a folder that nobody may write to, is opened without any lock or file beside
 * it; else its owner writes on unhindered where it has such a log. Stateless.
 */
final class SqliteFiles {
  /** Where the header tells how the file is written, and the value for a write-ahead log. */
  private static final int WRITE_VERSION = 18;

  private static final int WITH_LOG = 2;

  private SqliteFiles() {}

  static Connection open(Path file) throws SQLException {
    Path absolute = file.toAbsolutePath();
    boolean changing = Files.isWritable(absolute.getParent()) && !isAtRest(absolute);
    String path = absolute.toUri().getRawPath();
    return DriverManager.getConnection(
        "jdbc:sqlite:file:" + path + (changing ? "?mode=ro" : "?mode=ro&immutable=1"));
  }

  private static boolean isAtRest(Path file) throws SQLException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(WRITE_VERSION + 1);
      Path log = file.resolveSibling(file.getFileName() + "-wal");
      return head.length > WRITE_VERSION
          && head[WRITE_VERSION] == WITH_LOG
          && (!Files.exists(log) || Files.size(log) == 0);
    } catch (IOException e) {
      throw new SQLException("cannot be read: " + e.getMessage(), e);
    }
  }
}
