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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.LongSupplier;

/**
 * Adds up hours, days and blocks into which something came since they were added up, and notes
 * their words, where that is worth it: of what shorter lengths were added up to, and of the events
 * of the rest. A build is written first and told of last, so one that breaks off is never used; two
 * programs that build the same at once disturb nobody. Stateless; blocks.
 *
 * @param worth from how many events on something is kept of a length of time
 * @param horizon tells the arrival before which everything can be seen
 * @param numbers gives each build a number of its own
 * @param expired tells, as it is now, the time before which rows were let go
 */
public record SumBuilder(
    ServerConnection connection,
    SumTables tables,
    Worth worth,
    LongSupplier horizon,
    LongSupplier numbers,
    LongSupplier expired) {

  /** So many events are added up by one statement. */
  private static final long MOST_EVENTS = 4_000_000;

  /** Of so many builds one statement makes others. */
  private static final int MOST_BUILDS = 2_000;

  /** What came since a build was made is more than this share of it: then it is made again. */
  private static final int SHARE = 4;

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

  /** The condition for builds of words. */
  public static String ofWords() {
    return "kind = " + BuildKind.WORDS.ordinal();
  }

  /** Builds what is missing or has become old. */
  public void build() {
    build(Long.MIN_VALUE);
  }

  /**
   * Builds what is missing or has become old, and everything before this time whether it is worth
   * it or not, as when its rows go.
   */
  public void build(long before) {
    for (Level level : Level.values()) {
      sums(level, before);
    }
    words();
  }

  private BuildStates states() {
    return BuildStates.of(connection, tables, EVER);
  }

  /** What is made at once of some lengths of time. */
  private record Chunk(BuildStates states, BuildKind kind, Level level, long until) {}

  private void sums(Level level, long before) {
    for (BuildKind kind : BuildKind.ADDED_UP) {
      long until = horizon.getAsLong();
      BuildStates states = states();
      List<State> wanted = new ArrayList<>();
      for (State state : states.states(level, kind)) {
        boolean all = state.start() + level.micros() <= before;
        if ((all || worth.ofSums(kind, level, state.arrived()))
            && isWanted(kind, level, state, until, all)) {
          wanted.add(state);
        }
      }
      sums(new Chunk(states, kind, level, until), wanted);
    }
  }

  private void sums(Chunk chunk, List<State> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    Map<Long, Parts> parts = new Planner(chunk.states).ofEach(chunk.level, chunk.kind);
    Map<Long, Build> wholes = wholes(chunk);
    List<State> made = new ArrayList<>();
    List<Parts> of = new ArrayList<>();
    long events = 0;
    int builds = 0;
    for (State state : wanted) {
      Build whole = wholes.get(state.start());
      Parts each = whole == null ? parts.getOrDefault(state.start(), Parts.NOTHING) : Parts.NOTHING;
      if (!made.isEmpty()
          && (events + each.arrived() > MOST_EVENTS
              || builds + each.builds().size() > MOST_BUILDS
              || made.size() == MOST_BUILDS)) {
        sums(chunk, made, wholes, Parts.together(of));
        made.clear();
        of.clear();
        events = 0;
        builds = 0;
      }
      made.add(state);
      of.add(each);
      events += each.arrived();
      builds += each.builds().size();
    }
    sums(chunk, made, wholes, Parts.together(of));
  }

  /** What has all dimensions already, of which the rest can be made; by start. */
  private static Map<Long, Build> wholes(Chunk chunk) {
    Map<Long, Build> wholes = new HashMap<>();
    if (chunk.kind == BuildKind.AGENTS) {
      for (State state : chunk.states.states(chunk.level, BuildKind.WHOLE)) {
        if (state.isUsable()) {
          wholes.put(state.start(), new Build(chunk.level, state.start(), state.build()));
        }
      }
    }
    return wholes;
  }

  private void sums(Chunk chunk, List<State> made, Map<Long, Build> wholes, Parts parts) {
    long build = numbers.getAsLong();
    List<Build> of = new ArrayList<>();
    for (State state : made) {
      Build whole = wholes.get(state.start());
      if (whole != null) {
        of.add(whole);
      }
    }
    new BuildSql(tables, build, chunk.kind, chunk.level, of, parts).all().forEach(this::insert);
    tell(chunk, made, build);
  }

  private void words() {
    long until = horizon.getAsLong();
    BuildStates states = states();
    Map<Long, Long> days = arrived(states, Level.DAY);
    Map<Long, Long> blocks = arrived(states, Level.BLOCK);
    for (Level level : Level.values()) {
      Chunk chunk = new Chunk(states, BuildKind.WORDS, level, until);
      for (State state : states.states(level, BuildKind.WORDS)) {
        long day = days.getOrDefault(Level.DAY.startOf(state.start()), 0L);
        long block = blocks.getOrDefault(Level.BLOCK.startOf(state.start()), 0L);
        if (worth.ofWords(level, state.arrived(), day, block)
            && isWanted(BuildKind.WORDS, level, state, until, false)) {
          long build = numbers.getAsLong();
          insert(WordSql.insert(tables, build, level, state.start()));
          tell(chunk, List.of(state), build);
        }
      }
    }
  }

  private static Map<Long, Long> arrived(BuildStates states, Level level) {
    Map<Long, Long> arrived = new HashMap<>();
    for (State state : states.states(level, BuildKind.WORDS)) {
      arrived.put(state.start(), state.arrived());
    }
    return arrived;
  }

  /** What was built a while ago, or never, or of much less; however many machines settle. */
  private static boolean isWanted(
      BuildKind kind, Level level, State state, long until, boolean all) {
    boolean goesOn = state.start() + level.micros() > until;
    boolean fresh =
        !all
            && state.isBuilt()
            && until - state.horizon() < kind.patience() * level.pauseMicros(goesOn)
            && state.arrived() - state.had() <= kind.patience() * state.had() / SHARE;
    // Something that comes makes it useless, and it is made of all events.
    boolean soon = kind == BuildKind.STORY_RANKS && goesOn && !all;
    return !state.isUsable()
        && !state.isExpired()
        && !fresh
        && !soon
        && Long.compareUnsigned(state.arrival(), until) < 0;
  }

  /** Whether everything from before this time is in what was built. */
  public boolean hasAll(long before) {
    BuildStates states = BuildStates.of(connection, tables, new Stretch(Long.MIN_VALUE, before));
    for (Level level : Level.values()) {
      for (BuildKind kind : BuildKind.ADDED_UP) {
        for (State state : states.states(level, kind)) {
          boolean within = state.start() + level.micros() <= before;
          if (within && !state.isUsable()) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Once, and not again elsewhere when it breaks off: then the build is given up. */
  private void insert(String sql) {
    connection.attempt(
        ReadingQuery.of(sql, PATIENCE)
            .with("distributed_foreground_insert", "1")
            .with("max_partitions_per_insert_block", "0"));
  }

  private void tell(Chunk chunk, List<State> made, long build) {
    // Of times whose rows were let go meanwhile it may have been made without them.
    long first = expired.getAsLong();
    boolean same = first == chunk.states.expired();
    StringJoiner rows = new StringJoiner(", ");
    for (State state : made) {
      if (same || state.start() >= first) {
        rows.add(
            "("
                + chunk.kind.ordinal()
                + ", "
                + chunk.level.ordinal()
                + ", "
                + Literals.whole(state.start())
                + ", "
                + build
                + ", "
                + chunk.until
                + ", "
                + state.arrived()
                + ")");
      }
    }
    if (rows.length() == 0) {
      return;
    }
    connection.attempt(
        Query.of(
                "INSERT INTO "
                    + tables.builds()
                    + " (kind, level, start, build, horizon, arrived) VALUES "
                    + rows)
            .with("distributed_foreground_insert", "1"));
  }
}
