package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.Parts.Build;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import dev.flightlog.stores.clickhouse.rollups.Planner.State;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.LongSupplier;

/**
 * Adds up hours into which something came since they were added up, then the days and blocks of
 * which all parts are there. A build is written first and told of last, so one that breaks off is
 * never used; two programs that build the same at once disturb nobody. Stateless; blocks.
 *
 * @param horizon tells the arrival before which everything can be seen
 * @param numbers gives each build a number of its own
 */
public record SumBuilder(
    ServerConnection connection, SumTables tables, LongSupplier horizon, LongSupplier numbers) {

  /** So many events are added up by one statement. */
  private static final long MOST_EVENTS = 4_000_000;

  /** So many builds are told of by one statement. */
  private static final int MOST_BUILDS = 2_000;

  /** An hour of more events than these is built again only after a while: others come yet. */
  private static final long LARGE = 20_000;

  private static final long WHILE_MICROS = 30_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final List<Stretch> EVER = List.of(new Stretch(Long.MIN_VALUE, Long.MAX_VALUE));

  /** Where the hour, the day and the block begin in which this time lies. */
  public static List<Long> lengthsAt(long micros) {
    List<Long> starts = new ArrayList<>();
    for (Level level : Level.values()) {
      starts.add(level.startOf(micros));
    }
    return starts;
  }

  /** Builds what is missing or has become old. */
  public void build() {
    Planner planner = new Planner(connection, tables);
    long until = horizon.getAsLong();
    hours(planner.states(Level.HOUR, EVER), until);
    compose(planner, Level.DAY);
    compose(planner, Level.BLOCK);
  }

  private void hours(List<State> states, long until) {
    List<State> chunk = new ArrayList<>();
    long events = 0;
    for (State state : states) {
      if (!isWanted(state, until)) {
        continue;
      }
      if (!chunk.isEmpty()
          && (events + state.arrived() > MOST_EVENTS || chunk.size() == MOST_BUILDS)) {
        hours(chunk, numbers.getAsLong(), until);
        chunk.clear();
        events = 0;
      }
      chunk.add(state);
      events += state.arrived();
    }
    if (!chunk.isEmpty()) {
      hours(chunk, numbers.getAsLong(), until);
    }
  }

  private static boolean isWanted(State state, long until) {
    boolean fresh = state.arrived() > LARGE && until - state.horizon() < WHILE_MICROS;
    return !state.isUsable() && !fresh && Long.compareUnsigned(state.arrival(), until) < 0;
  }

  private void hours(List<State> states, long build, long until) {
    List<Stretch> stretches =
        states.stream()
            .map(state -> new Stretch(state.start(), state.start() + Level.HOUR.micros()))
            .toList();
    String where = new Parts(List.of(), stretches, 0).rows();
    String events =
        "(SELECT *, "
            + Level.HOUR.startOf("micros")
            + " AS hour_, "
            + SumColumns.PRESENT
            + " AS present_ FROM "
            + tables.events()
            + " FINAL WHERE aside = 0 AND "
            + where
            + ")";
    String keys = "hour_, " + SumColumns.KEYS + ", present_";
    insert(
        tables.sums(),
        "level, start, build, "
            + SumColumns.KEYS
            + ", present, "
            + String.join(", ", SumColumns.names(SumColumns.NUMBERS)),
        "SELECT 0, hour_, "
            + build
            + ", "
            + SumColumns.KEYS
            + ", present_, "
            + SumColumns.ofEvents(SumColumns.NUMBERS)
            + " FROM "
            + events
            + " GROUP BY "
            + keys);
    String rankKeys = "hour_, " + SumColumns.RANK_KEYS + ", present_, duration_ms";
    insert(
        tables.ranks(),
        "level, build, start, " + SumColumns.RANK_KEYS + ", present, duration_ms, occurred",
        "SELECT 0, "
            + build
            + ", "
            + rankKeys
            + ", count() FROM "
            + events
            + " WHERE isNotNull(duration_ms) GROUP BY "
            + rankKeys);
    insert(
        tables.words(),
        "word, start, parts, build",
        "SELECT word, hour_, groupBitOr(bitShiftLeft(toUInt64(1), part)), "
            + build
            + " FROM ("
            + WordSql.words(events)
            + ") GROUP BY word, hour_");
    tell(Level.HOUR, states.stream().map(State::start).toList(), build, until);
  }

  /** Makes lengths of a level of the next finer ones. */
  private void compose(Planner planner, Level level) {
    long until = horizon.getAsLong();
    Map<Long, List<Build>> parts = new LinkedHashMap<>();
    Map<Long, Boolean> complete = new LinkedHashMap<>();
    for (State state : planner.states(level.finer(), EVER)) {
      long start = level.startOf(state.start());
      boolean usable = state.isUsable() && Long.compareUnsigned(state.arrival(), until) < 0;
      complete.merge(start, usable, Boolean::logicalAnd);
      parts
          .computeIfAbsent(start, _ -> new ArrayList<>())
          .add(new Build(level.finer(), state.start(), state.build()));
    }
    List<Build> chosen = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    for (State state : planner.states(level, EVER)) {
      List<Build> of = parts.getOrDefault(state.start(), List.of());
      if (isWanted(state, until) && complete.getOrDefault(state.start(), false)) {
        chosen.addAll(of);
        starts.add(state.start());
      }
      if (chosen.size() >= MOST_BUILDS) {
        compose(level, starts, chosen, until);
        chosen.clear();
        starts.clear();
      }
    }
    if (!chosen.isEmpty()) {
      compose(level, starts, chosen, until);
    }
  }

  private void compose(Level level, List<Long> starts, List<Build> parts, long until) {
    long build = numbers.getAsLong();
    String cells = new Parts(parts, List.of(), 0).cells();
    String start = level.startOf("start");
    insert(
        tables.sums(),
        "level, start, build, "
            + SumColumns.KEYS
            + ", present, "
            + String.join(", ", SumColumns.names(SumColumns.NUMBERS)),
        "SELECT "
            + level.ordinal()
            + ", start_, "
            + build
            + ", "
            + SumColumns.KEYS
            + ", present, "
            + SumColumns.ofCells()
            + " FROM (SELECT *, "
            + start
            + " AS start_ FROM "
            + tables.sums()
            + " WHERE "
            + cells
            + ") GROUP BY start_, "
            + SumColumns.KEYS
            + ", present");
    String keys = "start_, " + SumColumns.RANK_KEYS + ", present, duration_ms";
    insert(
        tables.ranks(),
        "level, build, start, " + SumColumns.RANK_KEYS + ", present, duration_ms, occurred",
        "SELECT "
            + level.ordinal()
            + ", "
            + build
            + ", "
            + keys
            + ", sum(occurred) FROM (SELECT *, "
            + start
            + " AS start_ FROM "
            + tables.ranks()
            + " WHERE "
            + cells
            + ") GROUP BY "
            + keys);
    tell(level, starts, build, until);
  }

  /** Once, and not again elsewhere when it breaks off: then the build is given up. */
  private void insert(String table, String columns, String select) {
    connection.attempt(
        ReadingQuery.of("INSERT INTO " + table + " (" + columns + ") " + select, PATIENCE)
            .with("distributed_foreground_insert", "1")
            .with("max_partitions_per_insert_block", "0"));
  }

  private void tell(Level level, List<Long> starts, long build, long until) {
    StringJoiner rows = new StringJoiner(", ");
    starts.forEach(start ->
        rows.add(
            "("
                + level.ordinal()
                + ", "
                + Literals.whole(start)
                + ", "
                + build
                + ", "
                + until
                + ")"));
    connection.attempt(
        Query.of("INSERT INTO " + tables.built() + " (level, start, build, horizon) VALUES " + rows)
            .with("distributed_foreground_insert", "1"));
  }
}
