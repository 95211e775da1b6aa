package dev.flightlog.stores.sqlite;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** Says what SQLite's result codes (https://www.sqlite.org/rescode.html) mean for a caller. */
final class Failures {
  private Failures() {}

  static StoreException of(SQLException e, Path db) {
    Kind kind = kindOf(e);
    String mend =
        switch (kind) {
          case BUSY, OVERLOADED -> "another program holds the database; try again when it is done";
          case FULL -> "there is no space left; free some and try again, nothing was lost";
          case STOPPED -> "the query was stopped before its end; ask for less or wait longer";
          case DAMAGED -> "the file is damaged; it is moved aside at the next start, then reindex";
          case UNREACHABLE ->
              "the file cannot be reached; check that the folder is there and yours";
          case NEWER, CLOSED, REFUSED -> "the statement was refused";
        };
    return new StoreException(kind, db + ": " + mend + " (" + e.getMessage() + ")", e);
  }

  static Kind kindOf(SQLException e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    return switch (code & 0xff) {
      case 5, 6 -> Kind.OVERLOADED;
      case 9 -> Kind.STOPPED;
      case 13 -> Kind.FULL;
      case 11, 26 -> Kind.DAMAGED;
      case 3, 10, 14, 23 -> Kind.UNREACHABLE;
      default -> Kind.REFUSED;
    };
  }
}
