package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.archive.Released;
import dev.flightlog.store.archive.RowExpiry;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.ExpiryTime;
import dev.flightlog.stores.clickhouse.rollups.SumBuilder;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets rows go for good, whole days at a time. First all sums before that time are built; then the
 * store is told the time, so that nothing from before is taken in and no sums of before are built
 * again; then rows, ids and words are deleted. See docs/decisions/0086-rows-that-expire.md.
 */
final class Expiry implements RowExpiry {
  private final ServerConnection connection;
  private final TableNames names;
  private final ExpiryTime time;
  private final TombstoneTable tombstones;
  private final SumBuilder builder;
  private final ReentrantLock writing;

  /**
   * @param tombstones is used with {@code writing} held
   */
  Expiry(
      ServerConnection connection,
      ExpiryTime time,
      TombstoneTable tombstones,
      SumBuilder builder,
      ReentrantLock writing) {
    this.connection = connection;
    this.names = new TableNames(connection.servers());
    this.time = time;
    this.tombstones = tombstones;
    this.builder = builder;
    this.writing = writing;
  }

  @Override
  public long expired() {
    return time.micros();
  }

  @Override
  public long due(long before) {
    String sql =
        "SELECT count() FROM "
            + names.name("events")
            + " FINAL WHERE aside = 0 AND "
            + "micros < "
            + Literals.whole(day(before))
            + " FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
      return rows.next() ? rows.whole() : 0;
    }
  }

  @Override
  public long expire(long before) {
    long until = Math.max(day(before), time.micros());
    long rows = due(until);
    if (until > time.micros()) {
      builder.build(until);
      if (!builder.hasAll(until)) {
        throw new StoreException(
            Kind.OVERLOADED,
            connection.servers()
                + ": events from before "
                + Timestamps.text(until)
                + " have come just now, so no rows were let go; try again in a minute");
      }
      tell(until);
    }
    new Eraser(connection, names).eraseBefore(until);
    return rows;
  }

  /** The events of this time whose rows were let go, as sums tell them. */
  Released released(EventStore store, long since, long until) {
    long end = Math.min(until, time.micros());
    if (since >= end) {
      return Released.NONE;
    }
    Filter within = new Filter.Time(since, end);
    Row row = store.aggregate(Aggregate.of(within, Measure.count(), Measure.first())).getFirst();
    return row.values().get(1) instanceof Long first
        ? new Released(row.whole(0), Dimension.Span.HOUR.startOf(first), end)
        : Released.NONE;
  }

  private void tell(long until) {
    writing.lock();
    try {
      tombstones.refresh();
      tombstones.expire(until);
    } finally {
      writing.unlock();
    }
  }

  private static long day(long micros) {
    return Math.floorDiv(micros, Timestamps.DAY) * Timestamps.DAY;
  }
}
