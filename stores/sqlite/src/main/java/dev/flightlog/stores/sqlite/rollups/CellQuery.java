package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
import dev.flightlog.stores.sqlite.rollups.Summary.Part;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers an aggregate from roll-ups where they fit, from rows where they do not.
 *
 * <p>They fit when the filter, the groups and the measures look at nothing but the time and what is
 * in {@link #ROLLED_UP}.
 */
public final class CellQuery {
  /** What the cells of cubes know. */
  public static final RolledUp ROLLED_UP =
      new RolledUp(
          CubeLayout.DIMENSIONS,
          CubeLayout.DIMENSIONS.subList(0, CubeLayout.OF_SKETCHES),
          CubeLayout.DIMENSIONS,
          Numeric.attributes(),
          List.of(Attribute.of(Field.DURATION_MS)),
          List.of(Attribute.of(Field.SESSION_ID)));

  /** Fewer bytes are added up faster by one thread than by two. */
  private static final int WORTH_DIVIDING = 1 << 15;

  /** So many cubes wait to be added at most; then whoever fetches them adds some, too. */
  private static final int MOST_WAITING = 32;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final Aggregate aggregate;
  private final Filter filter;
  private final long since;
  private final long until;

  private CellQuery(Aggregate aggregate, Filter filter, long since, long until) {
    this.aggregate = aggregate;
    this.filter = filter;
    this.since = since;
    this.until = until;
  }

  /** A cube in its bytes, and the beginning of its time. */
  private record Place(long start, int form, byte[] cells) {
    /** Comes behind all others, once for each thread. */
    static final Place LAST = new Place(0, 0, new byte[0]);
  }

  /**
   * The rows of the answer. Within a transaction, so that roll-ups and rows are of one moment. Of
   * many cubes a second thread adds up a share.
   */
  public static List<Row> run(Aggregate aggregate, DatabaseConnection connection)
      throws SQLException {
    CellQuery query = of(aggregate);
    Groups groups = new Groups(aggregate);
    if (ROLLED_UP.cost(aggregate) != RolledUp.Cost.EVENTS) {
      query.addTo(groups, connection);
    } else {
      new RowScan(aggregate, aggregate.filter()).addTo(groups, connection);
    }
    return groups.rows();
  }

  private static CellQuery of(Aggregate aggregate) {
    List<Filter> parts =
        Filter.and(List.of(aggregate.filter())) instanceof Filter.And(List<Filter> all)
            ? all
            : List.of(aggregate.filter());
    List<Filter> rest = new ArrayList<>();
    long since = Long.MIN_VALUE;
    long until = Long.MAX_VALUE;
    for (Filter part : parts) {
      if (part instanceof Filter.Time(long from, long to)) {
        since = from;
        until = to;
      } else {
        rest.add(part);
      }
    }
    return new CellQuery(aggregate, Filter.and(rest), since, until);
  }

  private boolean needs(Part part) {
    return aggregate.measures().stream().anyMatch(measure -> CubeAdder.partOf(measure) == part);
  }

  private int coarsest() {
    int coarsest = Rollups.ALL;
    for (Dimension dimension : aggregate.dimensions()) {
      if (dimension instanceof Dimension.BySpan(Dimension.Span span)) {
        coarsest = Math.max(coarsest, span == Dimension.Span.HOUR ? Rollups.HOURS : Rollups.DAYS);
      }
    }
    return coarsest;
  }

  private void addTo(Groups groups, DatabaseConnection connection) throws SQLException {
    for (TimePart cover : TimePart.of(since, until, coarsest(), Rollups.staleHours(connection))) {
      if (cover.span() == TimePart.ROWS) {
        Filter time = new Filter.Time(cover.from(), cover.until());
        new RowScan(aggregate, Filter.and(filter, time)).addTo(groups, connection);
        if (cover.isWholeHour()) {
          addReleased(cover.from(), groups, connection);
        }
        continue;
      }
      boolean counted = needs(Part.COUNTS) || !isOfTimeOnly();
      for (Part part : Part.values()) {
        if (part == Part.COUNTS ? counted : needs(part)) {
          add(part, cover, groups, connection);
        }
      }
      if (!counted && !aggregate.dimensions().isEmpty()) {
        addMissing(cover, groups, connection);
      }
    }
  }

  /** True when the time of a cube alone tells its group. */
  private boolean isOfTimeOnly() {
    for (Dimension dimension : aggregate.dimensions()) {
      if (!(dimension instanceof Dimension.BySpan)) {
        return false;
      }
    }
    return true;
  }

  /** The group of all cells of a cube, when their time alone tells it. */
  private List<@Nullable Object> keyOf(long start) {
    List<@Nullable Object> key = new ArrayList<>();
    for (Dimension dimension : aggregate.dimensions()) {
      if (dimension instanceof Dimension.BySpan(Dimension.Span span)) {
        key.add(span.startOf(start));
      }
    }
    return key;
  }

  /** A stale hour's rows do not tell of those that were released. */
  private void addReleased(long hour, Groups groups, DatabaseConnection connection)
      throws SQLException {
    for (Part part : Part.values()) {
      if (part == Part.COUNTS || needs(part)) {
        CubeAdder adder = new CubeAdder(part, aggregate, filter, groups);
        try (ResultSet rows = Rollups.released(connection, part, hour)) {
          while (rows.next()) {
            adder.add(rows.getBytes(2), rows.getInt(3), rows.getLong(1));
          }
        }
      }
    }
  }

  /** Counts tell of groups that no other part has told of; only cubes of such are read. */
  private void addMissing(TimePart cover, Groups groups, DatabaseConnection connection)
      throws SQLException {
    CubeAdder adder = new CubeAdder(Part.COUNTS, aggregate, filter, groups);
    for (Map.Entry<Long, Long> place :
        Rollups.ids(connection, Part.COUNTS, cover.span(), cover.from(), cover.until())
            .entrySet()) {
      long start = place.getValue();
      if (!groups.has(keyOf(start))) {
        try (ResultSet rows =
            connection.query("SELECT cells, form FROM rollups WHERE id = ?", place.getKey())) {
          if (rows.next()) {
            adder.add(rows.getBytes(1), rows.getInt(2), start);
          }
        }
      }
    }
  }

  /** Where much is to be added, a second thread takes its share while the rest is fetched. */
  private void add(Part part, TimePart cover, Groups groups, DatabaseConnection connection)
      throws SQLException {
    BlockingQueue<Place> places = new LinkedBlockingQueue<>();
    Groups others = new Groups(aggregate);
    CubeAdder adder = new CubeAdder(part, aggregate, filter, groups);
    CompletableFuture<Void> beside = null;
    long bytes = 0;
    try (ResultSet rows =
        Rollups.places(connection, part, cover.span(), cover.from(), cover.until())) {
      while (rows.next()) {
        Place place = new Place(rows.getLong(1), rows.getInt(3), rows.getBytes(2));
        if (places.size() >= MOST_WAITING) {
          adder.add(place.cells, place.form, place.start);
          continue;
        }
        places.add(place);
        bytes += place.cells.length;
        if (beside == null && bytes > WORTH_DIVIDING && PROCESSORS > 1) {
          beside =
              CompletableFuture.runAsync(
                  () -> add(() -> take(places), new CubeAdder(part, aggregate, filter, others)));
        }
      }
    } finally {
      places.add(Place.LAST);
      places.add(Place.LAST);
    }
    add(places::remove, adder);
    if (beside != null) {
      beside.join();
      groups.add(others);
    }
  }

  /** Adds places until the last. */
  private static void add(Supplier<Place> places, CubeAdder adder) {
    for (Place place = places.get(); place != Place.LAST; place = places.get()) {
      adder.add(place.cells, place.form, place.start);
    }
  }

  private static Place take(BlockingQueue<Place> places) {
    try {
      return places.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while adding up");
    }
  }
}
