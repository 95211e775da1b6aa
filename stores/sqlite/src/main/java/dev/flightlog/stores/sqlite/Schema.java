package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Field;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.sql.SqlScript;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The tables and how they came to be: {@code schema-<n>.sql} leads to version n, kept in {@code
 * PRAGMA user_version}.
 */
final class Schema {
  static final int VERSION = 7;

  /** From this version on rows are much smaller than before. */
  private static final int SMALLER_ROWS = 6;

  /** Flightlog in the file's header, {@code PRAGMA application_id}. */
  private static final int APPLICATION = 0x466c6f67;

  private Schema() {}

  /** How somebody who waits is told of an upgrade. */
  record Told(Consumer<String> listener, Duration quiet) {
    /** To nobody. */
    static final Told NOBODY = new Told(_ -> {}, UpgradeNotice.QUIET);

    /** When it takes longer than a moment. */
    static Told to(Consumer<String> listener) {
      return new Told(listener, UpgradeNotice.QUIET);
    }
  }

  /**
   * Brings the database to this version, step by step, each in a transaction of its own.
   *
   * @param told hears of the upgrade of a file that has events
   */
  static void migrate(DatabaseConnection connection, Path db, Told told) throws SQLException {
    long version = connection.number("PRAGMA user_version");
    refuseNewer(version, db);
    if (version == VERSION) {
      return;
    }
    if (version == 0 && connection.number("SELECT count(*) FROM sqlite_schema") > 0) {
      throw new StoreException(
          Kind.REFUSED, db + " is a database of another program; choose another file");
    }
    if (version == 0) {
      connection.run("PRAGMA page_size = 8192");
      connection.run("PRAGMA journal_mode = WAL");
      connection.run("PRAGMA application_id = " + APPLICATION);
    }
    if (version == 0) {
      upgrade(version, connection, () -> {});
      return;
    }
    try (UpgradeNotice notice =
        new UpgradeNotice(db, version, rows(connection), told.quiet, told.listener)) {
      boolean shrinks = version < SMALLER_ROWS;
      notice.steps(VERSION - (int) version + (shrinks ? 1 : 0));
      upgrade(version, connection, notice::done);
      if (shrinks) {
        shrink(connection);
        notice.done();
      }
    }
  }

  private static long rows(DatabaseConnection connection) throws SQLException {
    String table =
        connection.number("SELECT count(*) FROM sqlite_schema WHERE name = 'event_rows'") > 0
            ? "event_rows"
            : "events";
    return connection.number("SELECT max(id) FROM " + table);
  }

  private static void upgrade(long version, DatabaseConnection connection, Runnable done)
      throws SQLException {
    for (int next = (int) version + 1; next <= VERSION; next++) {
      List<String> steps = statements("schema-" + next + ".sql");
      if (version > 0 && next == VERSION) {
        // A new file gets them when its first load is over; one that has rows may only be read now.
        steps.addAll(statements("indexes.sql"));
      }
      steps.add("PRAGMA user_version = " + next);
      int target = next;
      connection.<Boolean>transaction(() -> {
        // Another process may have been faster.
        if (connection.number("PRAGMA user_version") < target) {
          for (String statement : steps) {
            connection.run(statement);
          }
        }
        return true;
      });
      done.run();
    }
  }

  /** Gives back the place of the larger rows; without it new rows take that place. */
  private static void shrink(DatabaseConnection connection) throws SQLException {
    // In memory it would be as large as the file.
    connection.run("PRAGMA temp_store = FILE");
    try {
      connection.run("VACUUM");
      connection.run("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      if (Failures.kindOf(e) == Kind.DAMAGED) {
        throw e;
      }
      // The disk is too full for it, or somebody reads.
    }
  }

  private static void refuseNewer(long version, Path db) {
    if (version > VERSION) {
      throw new StoreException(
          Kind.NEWER,
          db
              + " was written by a newer Flightlog (schema "
              + version
              + ", this one knows "
              + VERSION
              + "); use the newer one, or delete the file and run flightlog reindex");
    }
  }

  /**
   * Refuses a database that is to be brought up to date while another process writes to it: an
   * older Flightlog would find tables that it does not know.
   *
   * @throws StoreException BUSY
   */
  static void requireNoMigration(Path db) throws SQLException {
    try (DatabaseConnection connection = DatabaseConnection.open(db, false)) {
      long version = connection.number("PRAGMA user_version");
      refuseNewer(version, db);
      if (version > 0 && version < VERSION) {
        throw new StoreException(
            Kind.BUSY,
            db
                + " has to be brought up to date (schema "
                + version
                + ", this Flightlog writes "
                + VERSION
                + "), and another Flightlog is writing to it: end it when it is an older one, else"
                + " wait until it is done, and try again");
      }
    }
  }

  /** Refuses a database that this version cannot read without changing it. */
  static void requireVersion(DatabaseConnection connection, Path db) throws SQLException {
    long version = connection.number("PRAGMA user_version");
    refuseNewer(version, db);
    if (version < VERSION) {
      throw new StoreException(
          Kind.REFUSED,
          db
              + " was written by an older Flightlog (schema "
              + version
              + ", this one knows "
              + VERSION
              + "); make its folder writable and ask once, then it is brought up to date");
    }
  }

  /**
   * The fields in the order of the columns of {@code event_rows}, which is the order of their age.
   */
  static List<Field> columns(DatabaseConnection connection) throws SQLException {
    List<Field> columns = new ArrayList<>();
    try (ResultSet rows =
        connection.query(
            "SELECT name FROM pragma_table_info('event_rows') WHERE pk = 0 ORDER BY cid")) {
      while (rows.next()) {
        Field field = Field.named(rows.getString(1));
        if (field == null) {
          throw new SQLException("event_rows has a column that is no field: " + rows.getString(1));
        }
        columns.add(field);
      }
    }
    return columns;
  }

  /** The statements of a resource. */
  static List<String> statements(String resource) {
    return SqlScript.statements(Schema.class.getResourceAsStream(resource), resource);
  }
}
