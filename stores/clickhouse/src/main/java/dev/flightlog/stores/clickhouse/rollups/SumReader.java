package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
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
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers aggregates from sums; of hours that changed since they were added up, and at cut ends,
 * from their events. Safe for many threads; blocks.
 *
 * @param eventsRead counts the events that had to be read
 */
public record SumReader(ServerConnection connection, SumTables tables, AtomicLong eventsRead) {

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
    Parts parts =
        new Planner(connection, tables).of(time.since(), time.until(), coarsest(aggregate));
    eventsRead.addAndGet(parts.arrived());
    String filter = FilterSql.of(Filter.and(rest)).sql();
    List<Measure> sums = new ArrayList<>();
    List<Measure> ranks = new ArrayList<>();
    for (Measure measure : aggregate.measures()) {
      (measure.kind() == Measure.Kind.PERCENTILE ? ranks : sums).add(measure);
    }
    Map<List<@Nullable Object>, Row> ranked = new HashMap<>();
    if (!ranks.isEmpty()) {
      Aggregate asked = with(aggregate, ranks);
      for (Row row : read(asked, AggregateSql.ofRanks(asked, ranks(parts, filter)))) {
        ranked.put(row.key(), row);
      }
    }
    Aggregate asked = with(aggregate, sums.isEmpty() ? List.of(Measure.count()) : sums);
    List<Row> rows = new ArrayList<>();
    for (Row row : read(asked, AggregateSql.ofSums(asked, cells(asked, parts, filter)))) {
      rows.add(joined(aggregate, row, ranked.get(row.key())));
    }
    return rows;
  }

  private static Aggregate with(Aggregate aggregate, List<Measure> measures) {
    return Aggregate.of(aggregate.filter(), measures.toArray(Measure[]::new))
        .by(aggregate.dimensions().toArray(Dimension[]::new))
        .patience(aggregate.patience());
  }

  private static Row joined(Aggregate aggregate, Row sums, @Nullable Row ranks) {
    List<@Nullable Number> values = new ArrayList<>();
    int sum = 0;
    int rank = 0;
    for (Measure measure : aggregate.measures()) {
      if (measure.kind() == Measure.Kind.PERCENTILE) {
        values.add(ranks == null ? null : ranks.values().get(rank++));
      } else {
        values.add(sums.values().get(sum++));
      }
    }
    return new Row(sums.key(), values);
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

  /** Cells, and what stands in their place of events, as a subquery. */
  private String cells(Aggregate aggregate, Parts parts, String filter) {
    List<Attribute> numbers = numbers(aggregate);
    StringJoiner columns = new StringJoiner(", ");
    columns.add(SumColumns.KEYS).add("present");
    SumColumns.names(numbers).forEach(columns::add);
    StringJoiner made = new StringJoiner(", ");
    made.add(SumColumns.KEYS).add("present_ AS present");
    SumColumns.names(numbers).forEach(name -> made.add(name + "_ AS " + name));
    List<String> from = new ArrayList<>();
    if (!parts.builds().isEmpty()) {
      from.add(
          "SELECT start AS micros, "
              + columns
              + " FROM "
              + tables.sums()
              + " WHERE "
              + parts.cells()
              + " AND "
              + filter);
    }
    if (!parts.events().isEmpty() || from.isEmpty()) {
      from.add(
          "SELECT hour_ AS micros, "
              + made
              + " FROM (SELECT hour_, "
              + SumColumns.KEYS
              + ", present_, "
              + SumColumns.ofEvents(numbers)
              + " FROM "
              + events(parts.rows() + " AND " + filter)
              + " GROUP BY hour_, "
              + SumColumns.KEYS
              + ", present_)");
    }
    return "(" + String.join(" UNION ALL ", from) + ")";
  }

  /** The events of a condition, with their hour and what they have of other types. */
  private String events(String where) {
    return "(SELECT *, "
        + Level.HOUR.startOf("micros")
        + " AS hour_, "
        + SumColumns.PRESENT
        + " AS present_ FROM "
        + tables.events()
        + " FINAL WHERE aside = 0 AND "
        + where
        + ")";
  }

  private String ranks(Parts parts, String filter) {
    List<String> from = new ArrayList<>();
    if (!parts.builds().isEmpty()) {
      from.add(
          "SELECT start AS micros, "
              + SumColumns.RANK_KEYS
              + ", present, duration_ms, occurred FROM "
              + tables.ranks()
              + " WHERE "
              + parts.cells()
              + " AND "
              + filter);
    }
    if (!parts.events().isEmpty() || from.isEmpty()) {
      from.add(
          "SELECT hour_ AS micros, "
              + SumColumns.RANK_KEYS
              + ", present_ AS present, assumeNotNull(duration_ms) AS duration_ms,"
              + " toUInt64(1) AS occurred FROM "
              + events("isNotNull(duration_ms) AND " + parts.rows() + " AND " + filter));
    }
    return "(" + String.join(" UNION ALL ", from) + ")";
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
