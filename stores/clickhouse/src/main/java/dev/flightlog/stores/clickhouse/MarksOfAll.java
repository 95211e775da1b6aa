package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.Mark;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What is particular about the marks that all machines have in common: they stand under a machine
 * without a name, and of two writers the later one counts, however their clocks stand. Safe for
 * many threads.
 */
final class MarksOfAll {
  /** No machine is called so. */
  static final String MACHINE = "";

  /** Who writes now may not have been the last; a lease changes hands no faster. */
  private static final long LOOKS_EVERY = Duration.ofSeconds(1).toNanos();

  private final ServerConnection connection;
  private final TableNames names;
  private final Eraser eraser;

  /** Of their own, since what they learn of another clock must not reach rows of events. */
  private final Versions versions;

  private long newest;
  private long looked;
  private boolean begun;

  MarksOfAll(ServerConnection connection, TableNames names, Eraser eraser, LongSupplier clock) {
    this.connection = connection;
    this.names = names;
    this.eraser = eraser;
    this.versions = new Versions(clock);
  }

  /** A number larger than that of all that anybody has kept. */
  synchronized long version() {
    long now = System.nanoTime();
    if (!begun || now - looked > LOOKS_EVERY) {
      newest = whole("toInt64(max(version))", "machine = '" + MACHINE + "'");
      looked = now;
    }
    if (!begun) {
      forgetThoseOfMachines();
      begun = true;
    }
    return versions.after(newest);
  }

  /** Each machine kept its own in an earlier build. */
  private void forgetThoseOfMachines() {
    String those =
        "machine != '" + MACHINE + "' AND startsWith(key, " + Literals.text(Mark.OF_ALL) + ")";
    if (whole("toInt64(count())", those) > 0) {
      eraser.eraseMarks(those);
    }
  }

  private long whole(String what, String where) {
    String sql = "SELECT " + what + " FROM " + names.name("marks") + " WHERE " + where;
    try (RowReader rows = RowReader.of(connection, Query.of(sql + " FORMAT RowBinary"))) {
      return rows.next() ? rows.whole() : 0;
    }
  }
}
