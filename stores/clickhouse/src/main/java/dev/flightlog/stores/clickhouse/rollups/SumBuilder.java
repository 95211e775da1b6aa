package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.BuildStates.State;
import dev.flightlog.stores.clickhouse.rollups.Parts.Build;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
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
 * @param expired tells, as it is now, the time before which rows were let go
 */
public record SumBuilder(
    ServerConnection connection,
    SumTables tables,
    LongSupplier horizon,
    LongSupplier numbers,
    LongSupplier expired) {

  /** So many events are added up by one statement. */
  private static final long MOST_EVENTS = 4_000_000;

  /** So many builds are told of by one statement. */
  private static final int MOST_BUILDS = 2_000;

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Stretch EVER = new Stretch(Long.MIN_VALUE, Long.MAX_VALUE);

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
    long until = horizon.getAsLong();
    hours(states().states(Level.HOUR), until);
    compose(Level.DAY);
    compose(Level.BLOCK);
  }

  private BuildStates states() {
    return BuildStates.of(connection, tables, EVER);
  }

  private void hours(List<State> states, long until) {
    List<State> chunk = new ArrayList<>();
    long events = 0;
    for (State state : states) {
      if (!isWanted(Level.HOUR, state, until)) {
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

  /** What was built a while ago, or never; however many machines settle. */
  private static boolean isWanted(Level level, State state, long until) {
    boolean goesOn = state.start() + level.micros() > until;
    long pause = goesOn ? level.pauseMicros() : Level.HOUR.pauseMicros();
    boolean fresh = state.build() != 0 && until - state.horizon() < pause;
    return !state.isUsable()
        && !state.isExpired()
        && !fresh
        && Long.compareUnsigned(state.arrival(), until) < 0;
  }

  /** Whether what was built has everything from before this time. */
  public boolean hasAll(long before) {
    return BuildStates.of(connection, tables, new Stretch(Long.MIN_VALUE, before))
        .states(Level.HOUR)
        .stream()
        .allMatch(State::isUsable);
  }

  private void hours(List<State> states, long build, long until) {
    List<Stretch> stretches =
        states.stream()
            .map(state -> new Stretch(state.start(), state.start() + Level.HOUR.micros()))
            .toList();
    new BuildSql(tables, build).ofEvents(stretches).forEach(this::insert);
    // Of hours whose rows were let go meanwhile it may have been made without them.
    long first = expired.getAsLong();
    tell(
        Level.HOUR,
        states.stream().map(State::start).filter(start -> start >= first).toList(),
        build,
        until);
  }

  /** Makes lengths of a level of the next finer ones. */
  private void compose(Level level) {
    long until = horizon.getAsLong();
    BuildStates all = states();
    Map<Long, List<Build>> parts = new LinkedHashMap<>();
    Map<Long, Boolean> complete = new LinkedHashMap<>();
    for (State state : all.states(level.finer())) {
      long start = level.startOf(state.start());
      boolean usable = state.isUsable() && Long.compareUnsigned(state.arrival(), until) < 0;
      complete.merge(start, usable, Boolean::logicalAnd);
      parts
          .computeIfAbsent(start, _ -> new ArrayList<>())
          .add(new Build(level.finer(), state.start(), state.build()));
    }
    List<Build> chosen = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    for (State state : all.states(level)) {
      List<Build> of = parts.getOrDefault(state.start(), List.of());
      if (isWanted(level, state, until) && complete.getOrDefault(state.start(), false)) {
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
    new BuildSql(tables, build).ofParts(level, parts).forEach(this::insert);
    tell(level, starts, build, until);
  }

  /** Once, and not again elsewhere when it breaks off: then the build is given up. */
  private void insert(String sql) {
    connection.attempt(
        ReadingQuery.of(sql, PATIENCE)
            .with("distributed_foreground_insert", "1")
            .with("max_partitions_per_insert_block", "0"));
  }

  private void tell(Level level, List<Long> starts, long build, long until) {
    if (starts.isEmpty()) {
      return;
    }
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
        Query.of(
                "INSERT INTO " + tables.builds() + " (level, start, build, horizon) VALUES " + rows)
            .with("distributed_foreground_insert", "1"));
  }
}
