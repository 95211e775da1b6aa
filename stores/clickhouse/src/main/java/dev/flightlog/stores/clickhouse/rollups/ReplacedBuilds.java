package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Builds in whose place there are newer ones. Stateless; blocks.
 *
 * @param readers so long a reader may still be at work that began with one
 */
public record ReplacedBuilds(ServerConnection connection, SumTables tables, Duration readers) {
  /** A deletion is worth its price from so many on. */
  private static final int WORTH = 200;

  private static final int MOST = 5_000;

  /**
   * The condition for those that nobody reads any more, some thousand at most; empty while they are
   * few. Whoever began to read later than {@code readers} ago saw the newest of the builds from
   * before then, and took that or a newer one.
   */
  public Optional<String> condition() {
    String old = "made < toUnixTimestamp64Micro(now64(6)) - " + readers.toNanos() / 1_000;
    String sql =
        "SELECT b.start, b.build FROM "
            + tables.builds()
            + " AS b INNER JOIN (SELECT kind, level, start, argMax(build, (horizon, build)) AS kept"
            + " FROM "
            + tables.builds()
            + " WHERE "
            + old
            + " GROUP BY kind, level, start HAVING count() > 1) AS k ON b.kind = k.kind AND"
            + " b.level = k.level AND b.start = k.start WHERE b.build != k.kept AND b."
            + old
            + " LIMIT "
            + MOST
            + " FORMAT RowBinary";
    StringJoiner replaced = new StringJoiner(", ", "(start, build) IN (", ")");
    int found = 0;
    Query query = ReadingQuery.of(sql, Query.PATIENCE).with("distributed_product_mode", "global");
    try (RowReader rows = RowReader.of(connection, query)) {
      while (rows.next()) {
        replaced.add(
            "(" + Literals.whole(rows.whole()) + ", " + Long.toUnsignedString(rows.whole()) + ")");
        found++;
      }
    }
    return found < WORTH ? Optional.empty() : Optional.of(replaced.toString());
  }
}
