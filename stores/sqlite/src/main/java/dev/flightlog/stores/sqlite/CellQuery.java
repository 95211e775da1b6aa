package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.stores.sqlite.Summary.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers an aggregate from roll-ups where they fit, from rows where they do not.
 *
 * <p>They fit when the filter, the groups and the measures look at nothing but the time, the
 * dimensions of a {@link CellKey}, the numbers of {@link Numeric}, and sessions.
 */
final class CellQuery {
  private static final Attribute SESSION = Attribute.of(Field.SESSION_ID);
  private static final Attribute DURATION = Attribute.of(Field.DURATION_MS);

  /** Fewer bytes are added up faster by one thread than by two. */
  private static final int WORTH_DIVIDING = 1 << 15;

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
  private record Place(long start, byte[] cells) {}

  /** Within a transaction, so that roll-ups and rows are of one moment. */
  static List<Row> run(Aggregate aggregate, Link link) throws SQLException {
    CellQuery query = of(aggregate);
    Groups groups = new Groups(aggregate);
    if (query.fits()) {
      query.addTo(groups, link);
    } else {
      new RowScan(aggregate, aggregate.filter(), false).addTo(groups, link);
    }
    return groups.rows();
  }

  private static CellQuery of(Aggregate aggregate) {
    List<Filter> parts =
        aggregate.filter() instanceof Filter.And(List<Filter> all)
            ? all
            : List.of(aggregate.filter());
    List<Filter> rest = new ArrayList<>();
    long since = Long.MIN_VALUE;
    long until = Long.MAX_VALUE;
    for (Filter part : parts) {
      if (part instanceof Filter.Time(long from, long to)) {
        since = Math.max(since, from);
        until = Math.min(until, to);
      } else {
        rest.add(part);
      }
    }
    return new CellQuery(aggregate, Filter.and(rest), since, until);
  }

  private boolean fits() {
    int all = CellKey.DIMENSIONS.size();
    boolean ranks = needs(Measure.Kind.PERCENTILE);
    return CellFilter.fits(filter, ranks ? CellKey.OF_SKETCHES : all)
        && aggregate.dimensions().stream()
            .allMatch(dimension -> fits(dimension, ranks ? CellKey.OF_SKETCHES : all))
        && aggregate.measures().stream().allMatch(CellQuery::fits);
  }

  private static boolean fits(Dimension dimension, int dimensions) {
    return !(dimension instanceof Dimension.ByAttribute by)
        || CellFilter.isOneOf(by.attribute(), dimensions);
  }

  private static boolean fits(Measure measure) {
    int all = CellKey.DIMENSIONS.size();
    Attribute of = measure.of();
    return switch (measure.kind()) {
      case COUNT ->
          CellFilter.fits(measure.where(), all)
              && (of == null || Numeric.of(of) != null || CellFilter.isOneOf(of, all));
      case DISTINCT -> CellFilter.fits(measure.where(), all) && SESSION.equals(of);
      case PERCENTILE ->
          CellFilter.fits(measure.where(), CellKey.OF_SKETCHES) && DURATION.equals(of);
      case SUM, AVERAGE ->
          CellFilter.fits(measure.where(), all) && of != null && Numeric.of(of) != null;
      case MIN, MAX ->
          CellFilter.fits(measure.where(), all)
              && of != null
              && (Numeric.of(of) != null || of.equals(Attribute.of(Field.TIMESTAMP)));
    };
  }

  private boolean needs(Measure.Kind kind) {
    return aggregate.measures().stream().anyMatch(measure -> measure.kind() == kind);
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

  private void addTo(Groups groups, Link link) throws SQLException {
    for (Cover cover : Cover.of(since, until, coarsest(), Rollups.staleHours(link))) {
      if (cover.span() == Cover.ROWS) {
        Filter time = new Filter.Time(cover.from(), cover.until());
        new RowScan(aggregate, Filter.and(filter, time), true).addTo(groups, link);
        continue;
      }
      add(Part.COUNTS, cover, groups, link);
      if (needs(Measure.Kind.PERCENTILE)) {
        add(Part.SKETCHES, cover, groups, link);
      }
      if (needs(Measure.Kind.DISTINCT)) {
        add(Part.SESSIONS, cover, groups, link);
      }
    }
  }

  private void add(Part part, Cover cover, Groups groups, Link link) throws SQLException {
    List<Place> all = new ArrayList<>();
    long bytes = 0;
    try (ResultSet rows = Rollups.places(link, part, cover.span(), cover.from(), cover.until())) {
      while (rows.next()) {
        Place place = new Place(rows.getLong(1), rows.getBytes(2));
        bytes += place.cells.length;
        all.add(place);
      }
    }
    if (bytes < WORTH_DIVIDING || Runtime.getRuntime().availableProcessors() == 1) {
      add(part, all, groups);
      return;
    }
    int half = 0;
    for (long first = 0; first < bytes / 2; half++) {
      first += all.get(half).cells.length;
    }
    List<Place> later = all.subList(half, all.size());
    Groups others = new Groups(aggregate);
    CompletableFuture<Void> beside = CompletableFuture.runAsync(() -> add(part, later, others));
    add(part, all.subList(0, half), groups);
    beside.join();
    groups.add(others);
  }

  private void add(Part part, List<Place> places, Groups groups) {
    Summary<?> summary = part == Part.COUNTS ? new Counts(wanted()) : part.empty();
    for (Place place : places) {
      add(part, new CellReader(part, place.cells), place.start, groups, summary);
    }
  }

  /** The numbers that measures look at, a bit each. */
  private int wanted() {
    int wanted = 0;
    for (Measure measure : aggregate.measures()) {
      Attribute of = measure.of();
      Numeric known = of == null ? null : Numeric.of(of);
      wanted |= known == null ? 0 : 1 << known.ordinal();
    }
    return wanted;
  }

  /** Adds a cube; what filters and groups say about its texts is worked out once. */
  private void add(Part part, CellReader cells, long start, Groups groups, Summary<?> summary) {
    CellFilter matching = CellFilter.of(filter, cells.texts());
    List<Measure> measures = aggregate.measures();
    @Nullable CellFilter[] where = new CellFilter[measures.size()];
    for (int i = 0; i < where.length; i++) {
      Measure measure = measures.get(i);
      where[i] = isOf(measure, part) ? CellFilter.of(measure.where(), cells.texts()) : null;
    }
    GroupsOfCube own = new GroupsOfCube(aggregate.dimensions(), groups, cells.texts(), start);
    int[] numbers = cells.numbers();
    while (cells.next()) {
      if (!matching.matches(numbers)) {
        cells.skip();
        continue;
      }
      cells.summary(summary);
      MeasureSum[] sums = own.of(numbers);
      for (int i = 0; i < sums.length; i++) {
        CellFilter counted = where[i];
        if (counted != null && counted.matches(numbers)) {
          sums[i].add(numbers, summary);
        }
      }
    }
  }

  private static boolean isOf(Measure measure, Part part) {
    return switch (measure.kind()) {
      case PERCENTILE -> part == Part.SKETCHES;
      case DISTINCT -> part == Part.SESSIONS;
      case COUNT, SUM, MIN, MAX, AVERAGE -> part == Part.COUNTS;
    };
  }
}
