package dev.flightlog.stores.sqlite.sql;

import dev.flightlog.event.Field;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * One connection, set up to be fast and to distrust the file, with its prepared statements. While a
 * statement works, the calling thread's interrupt and the deadline stop it; it waits up to five
 * seconds for a lock. Failures are those of the driver. Not safe for several threads.
 */
public final class DatabaseConnection implements AutoCloseable {
  /** The oldest SQLite whose known faults do not concern us. */
  private static final int[] OLDEST = {3, 51, 3};

  /** Virtual machine steps between two looks at the clock: well under a millisecond. */
  private static final int STEPS = 20_000;

  private static final int LONGEST_VALUE = 16 << 20;

  /** SQLite's own. */
  private static final int LONGEST_EVER = 1_000_000_000;

  private final SQLiteConnection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final NumberedTexts texts = new NumberedTexts(this);
  private long deadline = Long.MAX_VALUE;
  private long eventsRead;

  private DatabaseConnection(SQLiteConnection connection) {
    this.connection = connection;
  }

  /**
   * Connects to a file that is there. For reading only, it makes no file beside the database when
   * nobody can write to its folder.
   *
   * @throws StoreException REFUSED when the driver's SQLite has known faults
   */
  public static DatabaseConnection open(Path db, boolean forReading) throws SQLException {
    Properties properties = new Properties();
    // Nobody asks for them, and the driver would look for an INSERT in each statement it runs.
    properties.setProperty("jdbc.get_generated_keys", "false");
    boolean still = forReading && standsStill(db);
    properties.setProperty("open_mode", still ? "65" : forReading ? "1" : "6");
    String address = still ? "file:" + db.toUri().getRawPath() + "?immutable=1" : db.toString();
    DatabaseConnection connection =
        new DatabaseConnection(JDBC.createConnection("jdbc:sqlite:" + address, properties));
    try {
      connection.setUp(forReading);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * True when nobody can write here, and no log is left to be read with it: then SQLite, which
   * would make files beside the database even for reading, is told that it will not change.
   */
  private static boolean standsStill(Path db) {
    Path folder = db.toAbsolutePath().getParent();
    Path log = Path.of(db + "-wal");
    try {
      return folder != null
          && !Files.isWritable(folder)
          && (!Files.exists(log) || Files.size(log) == 0);
    } catch (IOException e) {
      return false;
    }
  }

  private void setUp(boolean forReading) throws SQLException {
    requireVersion(connection.libversion());
    run("PRAGMA busy_timeout = 5000");
    run("PRAGMA trusted_schema = OFF");
    run("PRAGMA cell_size_check = ON");
    // A server has several that read; what they read again is in the system's memory, too.
    run("PRAGMA cache_size = " + (forReading ? -16384 : -65536));
    run("PRAGMA temp_store = MEMORY");
    if (forReading) {
      run("PRAGMA query_only = ON");
    }
    ProgressHandler.setHandler(
        connection,
        STEPS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return Thread.currentThread().isInterrupted() || System.nanoTime() > deadline ? 1 : 0;
          }
        });
  }

  static void requireVersion(String version) {
    String[] parts = version.split("\\.", -1);
    for (int i = 0; i < OLDEST.length; i++) {
      int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
      if (part != OLDEST[i]) {
        if (part > OLDEST[i]) {
          return;
        }
        throw new StoreException(
            Kind.REFUSED, "SQLite " + version + " is too old; 3.51.3 or newer is needed");
      }
    }
  }

  /** From now on all statements together may work so long; what works longer is stopped. */
  public void patience(Duration longest) {
    long nanos;
    try {
      nanos = longest.toNanos();
    } catch (ArithmeticException e) {
      nanos = Long.MAX_VALUE;
    }
    long now = System.nanoTime();
    deadline = now + nanos < now ? Long.MAX_VALUE : now + nanos;
  }

  /**
   * Bounds the memory of what follows, for statements that a person wrote: no value is longer than
   * {@value #LONGEST_VALUE} bytes, and what is sorted or gathered goes to files. Until {@link
   * #unbounded}.
   */
  public void bounded() throws SQLException {
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
    run("PRAGMA temp_store = FILE");
  }

  /** As it was opened. */
  public void unbounded() throws SQLException {
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_EVER);
    run("PRAGMA temp_store = MEMORY");
  }

  /** Counts an event that was read by itself. */
  public void eventRead() {
    eventsRead++;
  }

  /** Counts events that SQLite read by itself. */
  public void eventsRead(long more) {
    eventsRead += more;
  }

  /** How many were read since this was asked last. */
  public long takeEventsRead() {
    long read = eventsRead;
    eventsRead = 0;
    return read;
  }

  /** The driver's own connection, for what this class does not do; not to be closed. */
  public SQLiteConnection connection() {
    return connection;
  }

  /**
   * The text of a field in whose place a row has this number; null for 0, which SQLite also gives
   * for NULL.
   */
  public @Nullable String textOf(Field field, long number) throws SQLException {
    return number == 0 ? null : texts.text(field, number);
  }

  /** Runs one statement whose answer nobody needs. */
  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The number in the first column of the first row; 0 when there is no row. */
  public long number(String sql, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = bind(prepare(sql), arguments).executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The text in the first column of the first row; null when there is none. */
  public @Nullable String text(String sql, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = bind(prepare(sql), arguments).executeQuery()) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /**
   * Asks a statement, which is kept prepared. The caller closes the rows, and asks the same
   * statement no second time before that.
   */
  public ResultSet query(String sql, @Nullable Object... arguments) throws SQLException {
    return bind(prepare(sql), arguments).executeQuery();
  }

  /** Changes rows by a statement, which is kept prepared, and answers how many. */
  public int update(String sql, @Nullable Object... arguments) throws SQLException {
    return bind(prepare(sql), arguments).executeUpdate();
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      if (prepared.size() > 200) {
        forget();
      }
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  private static PreparedStatement bind(PreparedStatement statement, @Nullable Object... arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      if (argument instanceof Boolean flag) {
        statement.setInt(i + 1, flag ? 1 : 0);
      } else {
        // The driver knows String, Long, Integer, Double, byte[] and null.
        statement.setObject(i + 1, argument);
      }
    }
    return statement;
  }

  private void forget() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    prepared.clear();
  }

  /** Something done within a transaction. */
  public interface Work<T> {
    /** Does it; what it throws undoes it. */
    T run() throws SQLException;
  }

  /** Does the work in one transaction that writes, or not at all. */
  public <T> T transaction(Work<T> work) throws SQLException {
    run("BEGIN IMMEDIATE");
    boolean done = false;
    try {
      T result = work.run();
      run("COMMIT");
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack();
      }
    }
  }

  private void rollBack() {
    boolean interrupted = Thread.interrupted();
    try {
      run("ROLLBACK");
    } catch (SQLException e) {
      // After a full disk or an I/O error SQLite has rolled back by itself.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      forget();
      connection.close();
    } catch (SQLException e) {
      // There is nothing to keep: what was committed is committed.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
