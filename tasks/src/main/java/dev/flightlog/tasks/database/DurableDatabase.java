package dev.flightlog.tasks.database;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one SQLite file, readable by its owner only, in which what was committed survives
 * a power cut ({@code synchronous=FULL}).
 *
 * <p>It heals itself: after any failure the connection is closed and the next call opens another
 * one, because SQLite may have rolled back by itself (a full disk), and the driver does not know. A
 * file that was moved away or replaced is noticed, and the one that is there now is opened. So
 * nothing stays broken longer than its cause.
 *
 * <p>Safe for any thread; one call at a time, the others wait. Every call blocks for the disk.
 */
public final class DurableDatabase implements AutoCloseable {
  /** How long a call waits for another process's transaction. */
  private static final int PATIENCE_MILLIS = 10_000;

  private final Path file;
  private final List<String> schema;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection connection;
  private @Nullable Object identity;
  private boolean closed;

  /** What is done with the connection; it must not keep it. */
  public interface Work<T extends @Nullable Object> {
    T in(Connection connection) throws SQLException;
  }

  private DurableDatabase(Path file, List<String> schema) {
    this.file = file;
    this.schema = schema;
  }

  /**
   * Opens the file, which is made when it is not there.
   *
   * @param schema statements that make what is missing; they change nothing when run again
   * @throws SQLException when the file cannot be opened, or is no such file
   */
  public static DurableDatabase open(Path file, List<String> schema) throws SQLException {
    DurableDatabase database = new DurableDatabase(file, List.copyOf(schema));
    database.read(connection -> true);
    return database;
  }

  /** Does work in one transaction, which is on disk when this returns. */
  public <T extends @Nullable Object> T write(Work<T> work) throws SQLException {
    return use(open -> {
      try (Statement statement = open.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        T result = work.in(open);
        statement.execute("COMMIT");
        return result;
      }
    });
  }

  /** Does work that changes nothing, or one statement that does. */
  public <T extends @Nullable Object> T read(Work<T> work) throws SQLException {
    return use(work);
  }

  private <T extends @Nullable Object> T use(Work<T> work) throws SQLException {
    lock.lock();
    boolean done = false;
    try {
      T result = work.in(connection());
      done = true;
      return result;
    } finally {
      if (!done) {
        discard();
      }
      lock.unlock();
    }
  }

  private Connection connection() throws SQLException {
    if (closed) {
      throw new SQLException("it was closed");
    }
    Connection open = connection;
    if (open != null && Objects.equals(identity, identify())) {
      return open;
    }
    discard();
    Connection made = connect();
    connection = made;
    identity = identify();
    return made;
  }

  private Connection connect() throws SQLException {
    try {
      OwnerOnly.createFile(file);
    } catch (IOException e) {
      throw new SQLException("the file cannot be made: " + e, e);
    }
    Connection made = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = made.createStatement()) {
      statement.execute("PRAGMA busy_timeout=" + PATIENCE_MILLIS);
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("PRAGMA trusted_schema=OFF");
      for (String each : schema) {
        statement.execute(each);
      }
      return made;
    } catch (SQLException e) {
      try {
        made.close();
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** What tells the file from another one under the same name; null where nothing does. */
  private @Nullable Object identify() throws SQLException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return "no file";
    } catch (IOException e) {
      throw new SQLException("the file cannot be looked at: " + e, e);
    }
  }

  private void discard() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // What it held is lost to us whatever it says; the next call opens another one.
        return;
      }
    }
  }

  public Path file() {
    return file;
  }

  /** Waits for the call that is under way. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      discard();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "DurableDatabase[" + file + "]";
  }
}
