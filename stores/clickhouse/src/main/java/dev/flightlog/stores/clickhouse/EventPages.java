package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.ReadRequest.Order;
import dev.flightlog.store.StoreException;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.sql.FilterSql;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a read, as they come from the server. An answer that breaks off is gone on with
 * behind the last event, on whichever server answers. For one thread; blocks.
 */
final class EventPages extends AbstractSpliterator<Event> implements AutoCloseable {
  private static final int MOST_BREAKS = 5;

  /** So many keys are looked up instead of reading all rows with all columns. */
  private static final long FEW = 100_000;

  private final ServerConnection connection;
  private final TableNames names;
  private final ReadRequest request;
  private final FilterSql where;
  private final AtomicLong counted;
  private final boolean fewMatch;
  private @Nullable RowReader rows;
  private @Nullable Position last;
  private long given;
  private int breaks;
  private boolean done;

  EventPages(
      ServerConnection connection, TableNames names, ReadRequest request, AtomicLong counted) {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.connection = connection;
    this.names = names;
    this.request = request;
    this.where = FilterSql.of(request.filter());
    this.counted = counted;
    this.last = request.after();
    this.fewMatch = isNarrow(request.filter()) && matching() <= FEW;
    this.rows = RowReader.ofMany(connection, query());
  }

  /** Whether it says more than when. */
  private static boolean isNarrow(Filter filter) {
    return !(filter instanceof Filter.Time || filter instanceof Filter.Everything);
  }

  /**
   * How many rows match, be they kept or replaced; of the columns only those asked about are read.
   */
  private long matching() {
    String sql =
        "SELECT toInt64(count()) FROM (SELECT 1 FROM "
            + matchingRows()
            + " LIMIT "
            + (FEW + 1)
            + ") FORMAT RowBinary";
    try (RowReader in = RowReader.of(connection, ReadingQuery.of(sql, request.patience()))) {
      return in.next() ? in.whole() : 0;
    }
  }

  private String matchingRows() {
    return names.name("events") + " WHERE aside = 0 AND deleted = 0 AND " + where.sql();
  }

  Filter unmet() {
    return where.unmet();
  }

  @Override
  public boolean tryAdvance(Consumer<? super Event> action) {
    while (!done) {
      try {
        RowReader in = rows;
        if (in == null) {
          in = RowReader.ofMany(connection, query());
          rows = in;
        }
        if (!in.next()) {
          close();
          return false;
        }
        Event event = EventRow.read(in);
        last = Position.of(event);
        given++;
        counted.incrementAndGet();
        action.accept(event);
        return true;
      } catch (StoreException e) {
        end();
        if (!e.worthRetrying() || ++breaks > MOST_BREAKS) {
          throw e;
        }
      }
    }
    return false;
  }

  private Query query() {
    boolean oldestFirst = request.order() == Order.OLDEST_FIRST;
    StringBuilder sql =
        new StringBuilder("SELECT ")
            .append(EventRow.columns())
            .append(" FROM ")
            .append(names.name("events"))
            .append(" FINAL WHERE aside = 0 AND ")
            .append(where.sql());
    if (fewMatch) {
      // FINAL reads all columns of every row that it does not know to be left out by its key.
      sql.append(" AND (micros, event_id) IN (SELECT micros, event_id FROM ")
          .append(matchingRows())
          .append(')');
    }
    Position behind = last;
    if (behind != null) {
      String micros = Literals.whole(behind.micros());
      sql.append(oldestFirst ? " AND micros >= " : " AND micros <= ")
          .append(micros)
          .append(" AND (micros, event_id) ")
          .append(oldestFirst ? "> (" : "< (")
          .append(micros)
          .append(", ")
          .append(Literals.text(behind.id()))
          .append(')');
    }
    sql.append(" ORDER BY micros").append(oldestFirst ? ", event_id" : " DESC, event_id DESC");
    if (where.unmet().equals(Filter.EVERYTHING) && request.limit() < Long.MAX_VALUE) {
      sql.append(" LIMIT ").append(request.limit() - given);
    }
    return ReadingQuery.of(sql.append(" FORMAT RowBinary").toString(), request.patience())
        .with("distributed_product_mode", "global");
  }

  private void end() {
    RowReader in = rows;
    rows = null;
    if (in != null) {
      in.close();
    }
  }

  @Override
  public void close() {
    done = true;
    end();
  }
}
