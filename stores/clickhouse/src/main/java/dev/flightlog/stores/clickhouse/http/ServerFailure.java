package dev.flightlog.stores.clickhouse.http;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered in the place of rows.
 *
 * @param code ClickHouse's number for it; 0 when it told none
 * @param text the first line of what it said
 */
public record ServerFailure(int code, String text) {
  private static final Pattern CODE = Pattern.compile("Code: (\\d{1,6})");
  private static final Pattern BETWEEN_SERVERS =
      Pattern.compile(
          "packet from|from socket|to socket|[Cc]onnection (reset|refused)|Broken pipe");
  private static final int MOST_TEXT = 400;

  static ServerFailure of(@Nullable String code, String body) {
    Matcher told = CODE.matcher(body);
    int number = 0;
    if (code != null && code.matches("\\d{1,6}")) {
      number = Integer.parseInt(code);
    } else if (told.find()) {
      number = Integer.parseInt(told.group(1));
    }
    String line = body.strip().lines().findFirst().orElse("no reason was told");
    return new ServerFailure(number, line);
  }

  /** What a caller can do about it. */
  public Kind kind() {
    if (text.contains("No space left on device")) {
      return Kind.FULL;
    }
    if (text.contains("Read-only file system")) {
      return Kind.UNREACHABLE;
    }
    return switch (code) {
      // too many queries, parts, memory, sessions, waiting rows
      case 202, 241, 252, 439, 473, 574, 700, 745 -> Kind.OVERLOADED;
      // what it read from another server, which may have ended, broke off; or what came from here
      case 3, 23, 24, 32, 33, 100, 101, 102, 1000, 1001, 1002 ->
          isBetweenServers() ? Kind.UNREACHABLE : Kind.REFUSED;
      // the server lost Keeper, its replica, its place on the network, only reads, or is ending
      case 95,
          96,
          198,
          203,
          209,
          210,
          225,
          236,
          242,
          279,
          285,
          286,
          319,
          369,
          415,
          425,
          519,
          774,
          999 ->
          Kind.UNREACHABLE;
      case 243 -> Kind.FULL;
      case 158, 159, 160, 307, 394 -> Kind.STOPPED;
      // a table or database that was there is gone
      case 60, 81 -> Kind.DAMAGED;
      // what it keeps cannot be read, or what another server sent
      case 40, 117, 228, 246, 271, 354 -> isBetweenServers() ? Kind.UNREACHABLE : Kind.DAMAGED;
      default -> Kind.REFUSED;
    };
  }

  private boolean isBetweenServers() {
    return BETWEEN_SERVERS.matcher(text).find();
  }

  StoreException exception(Servers servers) {
    String mend =
        switch (code) {
          case 516, 192, 193, 194 ->
              "user "
                  + servers.user()
                  + " or its password is not known there; set "
                  + "FLIGHTLOG_CLICKHOUSE_PASSWORD, or name a file with ?password_file=PATH";
          case 497, 164 ->
              "user "
                  + servers.user()
                  + " may not do that; grant it, as deploy/clickhouse/users.xml"
                  + " does";
          case 60, 81 ->
              "a table of the store is gone; the next import makes it again, and takes in what the"
                  + " journals and sources of its machine hold";
          case 243 ->
              "there is no space left on a server; free some, then it goes on by itself, and nothing"
                  + " was lost";
          case 252 -> "more arrives than the servers merge; it goes on when they have caught up";
          default ->
              switch (kind()) {
                case FULL -> "there is no space left on a server; free some, and it goes on";
                case OVERLOADED -> "the servers are busy; it goes on when they are not";
                case UNREACHABLE -> "no server can do it now; it goes on when one can";
                case STOPPED -> "the query was stopped before its end; ask for less or wait longer";
                case DAMAGED -> "what is kept cannot be read; restore that server's disk";
                default -> "the servers refused the statement";
              };
        };
    String told = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text;
    return new StoreException(kind(), servers + ": " + mend + " (" + told + ")");
  }
}
