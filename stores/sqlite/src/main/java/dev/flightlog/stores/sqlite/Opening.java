package dev.flightlog.stores.sqlite;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.Tombstones;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens to a file before it is used: made, checked, moved aside, brought up to date. */
final class Opening {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT);

  private Opening() {}

  /** Answers where a damaged file was put, or null when there was none. */
  static @Nullable Path forWriting(Path db, Schema.Told told) {
    try {
      Path folder = db.toAbsolutePath().getParent();
      if (folder != null) {
        OwnerOnly.createFolder(folder);
      }
      OwnerOnly.createFile(db);
    } catch (IOException e) {
      throw new StoreException(
          Kind.UNREACHABLE, db + " cannot be made; check the folder's rights (" + e + ")", e);
    }
    try (WriterLock lock = WriterLock.tryTake(db)) {
      try {
        if (lock == null) {
          // Another one writes, so it has looked already.
          Schema.requireNoMigration(db);
          prepare(db, false, told);
          return null;
        }
        prepare(db, lock.endedBadly(), told);
        lock.ended();
        return null;
      } catch (SQLException e) {
        StoreException failure = Failures.of(e, db);
        if (lock == null || failure.kind() != Kind.DAMAGED) {
          throw failure;
        }
        return beginAnew(db, lock);
      }
    } catch (IOException e) {
      throw new StoreException(Kind.UNREACHABLE, db + " cannot be used: " + e, e);
    }
  }

  private static Path beginAnew(Path db, WriterLock lock) throws IOException {
    Path aside = moveAside(db);
    OwnerOnly.createFile(db);
    try {
      prepare(db, false, Schema.Told.NOBODY);
      entomb(tombstones(aside), db);
    } catch (SQLException e) {
      throw Failures.of(e, db);
    }
    lock.ended();
    return aside;
  }

  /** What can still be read of them, so that what was forgotten does not come back. */
  private static Tombstones tombstones(Path damaged) {
    try (DatabaseConnection connection = DatabaseConnection.open(damaged, true)) {
      return TombstoneTable.all(connection);
    } catch (SQLException e) {
      return Tombstones.NONE;
    }
  }

  private static void entomb(Tombstones tombstones, Path db) throws SQLException {
    if (!tombstones.isEmpty()) {
      try (DatabaseConnection connection = DatabaseConnection.open(db, false)) {
        TombstoneTable tombs = new TombstoneTable(connection);
        connection.transaction(() -> tombs.add(tombstones, 0));
      }
    }
  }

  static void forReading(Path db) {
    if (!Files.exists(db)) {
      throw new StoreException(Kind.UNREACHABLE, "there is no " + db + "; import something first");
    }
    try (DatabaseConnection connection = DatabaseConnection.open(db, true)) {
      Schema.requireVersion(connection, db);
    } catch (SQLException e) {
      throw Failures.of(e, db);
    }
  }

  private static void prepare(Path db, boolean suspect, Schema.Told told) throws SQLException {
    try (DatabaseConnection connection = DatabaseConnection.open(db, false)) {
      if (suspect && Files.size(db) > 0) {
        String verdict = connection.text("PRAGMA quick_check(1)");
        if (!"ok".equals(verdict)) {
          throw new SQLException("quick_check: " + verdict, "", 11);
        }
      }
      Schema.migrate(connection, db, told);
    } catch (IOException e) {
      throw new SQLException(e.toString(), "", 10, e);
    }
  }

  /** Puts the database and what belongs to it under another name, beside it. */
  private static Path moveAside(Path db) throws IOException {
    String suffix = ".damaged-" + WHEN.format(ZonedDateTime.now(ZoneOffset.UTC));
    Path aside = db.resolveSibling(db.getFileName() + suffix);
    Files.move(db, aside);
    for (String part : new String[] {"-wal", "-shm"}) {
      Path from = db.resolveSibling(db.getFileName() + part);
      if (Files.exists(from)) {
        Files.move(from, db.resolveSibling(db.getFileName() + suffix + part));
      }
    }
    return aside;
  }

  /** Makes the next opening look closely. */
  static void suspect(Path db) {
    try (WriterLock lock = WriterLock.tryTake(db)) {
      if (lock != null) {
        lock.writing();
      }
    } catch (IOException | StoreException e) {
      // The error that led here is told; this only saves the next one a surprise.
    }
  }
}
