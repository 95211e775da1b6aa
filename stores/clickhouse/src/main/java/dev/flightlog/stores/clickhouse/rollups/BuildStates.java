package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the lengths of a time stand: when something last came into each, and up to when it was added
 * up. The rows are taken as they lie and put together here: that costs a server far less than a
 * statement that joins them, also when there are a hundred thousand.
 */
final class BuildStates {
  /** In the place of a kind: the row tells of an arrival. */
  private static final int TOUCHED = 255;

  /** The row tells of a time before which rows were let go. */
  private static final int EXPIRED = 254;

  private static final Level[] LEVELS = Level.values();
  private static final BuildKind[] KINDS = BuildKind.values();
  private static final Built NOTHING = new Built(0, 0, 0);

  private final TreeMap<Long, Arrival> hours = new TreeMap<>();
  private final Map<Unit, Built> built = new HashMap<>();

  private long expired = ExpiryTime.NEVER;

  private BuildStates() {}

  /** What came into an hour. */
  private record Arrival(long last, long count) {
    Arrival plus(Arrival other) {
      return new Arrival(later(last, other.last), count + other.count);
    }
  }

  /** What may be made. */
  private record Unit(BuildKind kind, Level level, long start) {}

  /** What a length was added up to. */
  private record Built(long build, long horizon, long arrived) {
    Built newer(Built other) {
      int order = Long.compareUnsigned(horizon, other.horizon);
      order = order == 0 ? Long.compareUnsigned(build, other.build) : order;
      return order < 0 ? other : this;
    }
  }

  /**
   * How a length of time stands.
   *
   * @param arrived about how many events came into it
   * @param build the last that was made of it; 0 for none
   * @param horizon it has everything that arrived before then
   * @param had about how many events had come when it was made
   * @param isExpired whether its rows were let go, so that what was built is all there is
   */
  record State(
      long start,
      long arrival,
      long arrived,
      long build,
      long horizon,
      long had,
      boolean isExpired) {
    boolean isBuilt() {
      return build != 0;
    }

    boolean isUsable() {
      return build != 0 && (isExpired || Long.compareUnsigned(arrival, horizon) < 0);
    }
  }

  private static long later(long one, long other) {
    return Long.compareUnsigned(one, other) < 0 ? other : one;
  }

  /** Reads those of this time, and of lengths that it cuts, with one statement. Blocks. */
  static BuildStates of(ServerConnection connection, SumTables tables, Stretch within) {
    BuildStates states = new BuildStates();
    String sql =
        "SELECT toUInt8("
            + TOUCHED
            + "), toUInt8(0), hour, arrival, arrived, toUInt64(0) FROM "
            + tables.touched()
            + " WHERE "
            + between("hour", Level.HOUR, within)
            + " UNION ALL SELECT kind, level, start, build, horizon, arrived FROM "
            + tables.builds()
            + " WHERE "
            + between("start", Level.BLOCK, within)
            + " UNION ALL SELECT toUInt8("
            + EXPIRED
            + "), toUInt8(0), micros, toUInt64(0), toUInt64(0), toUInt64(0) FROM "
            + tables.expired()
            + " FORMAT RowBinary";
    Query query = Query.of(sql).with("skip_unavailable_shards", "1").with("max_threads", "1");
    try (RowReader rows = RowReader.of(connection, query)) {
      while (rows.next()) {
        states.add(
            rows.oneByte(), rows.oneByte(), rows.whole(), rows.whole(), rows.whole(), rows.whole());
      }
    }
    return states;
  }

  private static String between(String column, Level level, Stretch within) {
    String since =
        within.since() == Long.MIN_VALUE
            ? "1"
            : column + " >= " + Literals.whole(level.startOf(within.since()));
    return within.until() == Long.MAX_VALUE
        ? since
        : since + " AND " + column + " < " + Literals.whole(within.until());
  }

  private void add(int kind, int level, long start, long first, long second, long third) {
    if (kind == TOUCHED) {
      hours.merge(start, new Arrival(first, second), Arrival::plus);
    } else if (kind == EXPIRED) {
      expired = Math.max(expired, start);
    } else {
      built.merge(
          new Unit(KINDS[kind], LEVELS[level], start),
          new Built(first, second, third),
          Built::newer);
    }
  }

  /** The time before which rows were let go; {@link ExpiryTime#NEVER} when all are kept. */
  long expired() {
    return expired;
  }

  /** All of this level into which anything came, oldest first, with what was made of this kind. */
  List<State> states(Level level, BuildKind kind) {
    Map<Long, Arrival> arrivals = hours;
    if (level != Level.HOUR) {
      arrivals = new TreeMap<>();
      for (Map.Entry<Long, Arrival> hour : hours.entrySet()) {
        arrivals.merge(level.startOf(hour.getKey()), hour.getValue(), Arrival::plus);
      }
    }
    List<State> states = new ArrayList<>();
    for (Map.Entry<Long, Arrival> each : arrivals.entrySet()) {
      long start = each.getKey();
      Built made = NOTHING;
      for (BuildKind having : kind.having()) {
        made = made.newer(built.getOrDefault(new Unit(having, level, start), NOTHING));
      }
      Arrival came = each.getValue();
      boolean gone = start + level.micros() <= expired;
      states.add(
          new State(start, came.last, came.count, made.build, made.horizon, made.arrived, gone));
    }
    return states;
  }
}
