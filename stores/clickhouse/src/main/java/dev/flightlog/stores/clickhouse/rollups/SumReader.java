package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
import dev.flightlog.store.concurrent.Together;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.sql.AggregateSql;
import dev.flightlog.stores.clickhouse.sql.FilterSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers aggregates from sums; of hours that changed since they were added up, and at cut ends,
 * from their events. Sums, ranks and sessions are asked at the same time. Safe for many threads;
 * blocks.
 *
 * @param eventsRead counts the events that had to be read
 */
public record SumReader(ServerConnection connection, SumTables tables, AtomicLong eventsRead) {

  /** The tables that measures are read from. */
  private enum Kept {
    SUMS,
    RANKS,
    SESSIONS;

    static Kept of(Measure measure) {
      return switch (measure.kind()) {
        case PERCENTILE -> RANKS;
        case DISTINCT -> SESSIONS;
        case COUNT, SUM, MIN, MAX, AVERAGE -> SUMS;
      };
    }
  }

  /** The rows of an aggregate, in no order; it must not cost {@link RolledUp.Cost#EVENTS}. */
  public List<Row> rows(Aggregate aggregate) {
    Filter.Time time = new Filter.Time(Long.MIN_VALUE, Long.MAX_VALUE);
    Filter whole = Filter.and(List.of(aggregate.filter()));
    List<Filter> rest = new ArrayList<>();
    for (Filter part : whole instanceof Filter.And(List<Filter> all) ? all : List.of(whole)) {
      if (part instanceof Filter.Time told) {
        time = told;
      } else {
        rest.add(part);
      }
    }
    Sources sources =
        new Sources(
            Planner.of(connection, tables, time.since(), time.until()),
            time,
            coarsest(aggregate),
            FilterSql.of(Filter.and(rest)).sql());
    Aggregate sums = with(aggregate, measures(aggregate, Kept.SUMS));
    List<Callable<List<Row>>> asked = new ArrayList<>();
    asked.add(() -> sums(sums, sources));
    for (Kept kept : List.of(Kept.RANKS, Kept.SESSIONS)) {
      List<Measure> measures = measures(aggregate, kept);
      Aggregate part = with(aggregate, measures);
      asked.add(() ->
          measures.isEmpty()
              ? List.of()
              : kept == Kept.RANKS ? ranks(part, sources) : sessions(part, sources));
    }
    List<List<Row>> answers = Together.all(asked);
    return joined(aggregate, answers.get(0), byKey(answers.get(1)), byKey(answers.get(2)));
  }

  private static List<Measure> measures(Aggregate aggregate, Kept kept) {
    List<Measure> measures =
        aggregate.measures().stream().filter(measure -> Kept.of(measure) == kept).toList();
    // Groups without any number are rows, too.
    return measures.isEmpty() && kept == Kept.SUMS ? List.of(Measure.count()) : measures;
  }

  private static Aggregate with(Aggregate aggregate, List<Measure> measures) {
    return Aggregate.of(aggregate.filter(), measures.toArray(Measure[]::new))
        .by(aggregate.dimensions().toArray(Dimension[]::new))
        .patience(aggregate.patience());
  }

  /**
   * What an aggregate is answered from.
   *
   * @param filter the condition besides the time, in SQL
   */
  private record Sources(Planner planner, Filter.Time time, Level coarsest, String filter) {}

  private SumSource source(Sources of, BuildKind kind) {
    Parts parts = of.planner.of(of.time.since(), of.time.until(), kind, of.coarsest);
    eventsRead.addAndGet(parts.arrived());
    return new SumSource(tables, parts, of.filter);
  }

  private List<Row> sums(Aggregate aggregate, Sources sources) {
    Cube cube = Cube.of(Cube.OF_SUMS, aggregate);
    if (!sources.planner.has(cube.kind())) {
      cube = Cube.OF_SUMS.getLast();
    }
    SumSource source = source(sources, cube.kind());
    return read(aggregate, AggregateSql.ofSums(aggregate, source.cells(cube, numbers(aggregate))));
  }

  private List<Row> ranks(Aggregate aggregate, Sources sources) {
    Cube cube = Cube.of(Cube.OF_RANKS, aggregate);
    SumSource source = source(sources, cube.kind());
    return read(aggregate, AggregateSql.ofRanks(aggregate, source.ranks(cube)));
  }

  private List<Row> sessions(Aggregate aggregate, Sources sources) {
    Cube cube = Cube.of(Cube.OF_SESSIONS, aggregate);
    SumSource source = source(sources, cube.kind());
    return read(aggregate, AggregateSql.ofSums(aggregate, source.sessions(cube)));
  }

  private static Map<List<@Nullable Object>, Row> byKey(List<Row> rows) {
    Map<List<@Nullable Object>, Row> byKey = new HashMap<>();
    rows.forEach(row -> byKey.put(row.key(), row));
    return byKey;
  }

  private static List<Row> joined(
      Aggregate aggregate,
      List<Row> sums,
      Map<List<@Nullable Object>, Row> ranks,
      Map<List<@Nullable Object>, Row> sessions) {
    List<Row> rows = new ArrayList<>();
    for (Row row : sums) {
      Row ranked = ranks.get(row.key());
      Row counted = sessions.get(row.key());
      List<@Nullable Number> values = new ArrayList<>();
      int sum = 0;
      int rank = 0;
      int count = 0;
      for (Measure measure : aggregate.measures()) {
        switch (Kept.of(measure)) {
          case SUMS -> values.add(row.values().get(sum++));
          case RANKS -> values.add(ranked == null ? null : ranked.values().get(rank++));
          case SESSIONS -> values.add(counted == null ? (Long) 0L : counted.values().get(count++));
        }
      }
      rows.add(new Row(row.key(), values));
    }
    return rows;
  }

  private static Level coarsest(Aggregate aggregate) {
    Level coarsest = Level.BLOCK;
    for (Dimension dimension : aggregate.dimensions()) {
      if (dimension instanceof Dimension.BySpan(Dimension.Span span)) {
        Level level = span == Dimension.Span.HOUR ? Level.HOUR : Level.DAY;
        coarsest = level.compareTo(coarsest) < 0 ? level : coarsest;
      }
    }
    return coarsest;
  }

  private List<Row> read(Aggregate aggregate, String sql) {
    List<Row> rows = new ArrayList<>();
    Query query = ReadingQuery.of(sql, aggregate.patience());
    try (RowReader in = RowReader.of(connection, query)) {
      while (in.next()) {
        rows.add(AggregateSql.read(aggregate, in));
      }
    }
    return rows;
  }

  /** The numbers that are measured. */
  private static List<Attribute> numbers(Aggregate aggregate) {
    Set<Attribute> numbers = new LinkedHashSet<>();
    for (Measure measure : aggregate.measures()) {
      Attribute of = measure.of();
      if (of != null && SumColumns.NUMBERS.contains(of)) {
        numbers.add(of);
      }
    }
    return List.copyOf(numbers);
  }

  /** Whether sums answer it. */
  public static boolean answers(Aggregate aggregate) {
    return SumColumns.ROLLED_UP.cost(aggregate) != RolledUp.Cost.EVENTS;
  }
}
