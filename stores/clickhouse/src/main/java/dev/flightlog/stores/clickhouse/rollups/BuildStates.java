package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the lengths of a time stand: when something last came into each, and up to when it was added
 * up. The rows are taken as they lie and put together here: that costs a server far less than a
 * statement that joins them, also when there are a hundred thousand.
 */
final class BuildStates {
  /** In the place of a level: the row tells of an arrival. */
  private static final int TOUCHED = 255;

  /** The row tells of a time before which rows were let go. */
  private static final int EXPIRED = 254;

  private final TreeMap<Long, Arrival> hours = new TreeMap<>();
  private final Map<Level, Map<Long, Built>> built = new EnumMap<>(Level.class);

  private long expired = Long.MIN_VALUE;

  private BuildStates() {}

  /** What came into an hour. */
  private record Arrival(long last, long count) {
    Arrival plus(Arrival other) {
      return new Arrival(later(last, other.last), count + other.count);
    }
  }

  /** What a length was added up to. */
  private record Built(long build, long horizon) {
    Built newer(Built other) {
      int order = Long.compareUnsigned(horizon, other.horizon);
      order = order == 0 ? Long.compareUnsigned(build, other.build) : order;
      return order < 0 ? other : this;
    }
  }

  /**
   * How a length of time stands.
   *
   * @param build the last that was made of it; 0 for none
   * @param horizon it has everything that arrived before then
   * @param isExpired whether its rows were let go, so that what was built is all there is
   */
  record State(
      long start, long arrival, long arrived, long build, long horizon, boolean isExpired) {
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
            + "), hour, arrival, arrived FROM "
            + tables.touched()
            + " WHERE "
            + between("hour", Level.HOUR, within)
            + " UNION ALL SELECT level, start, build, horizon FROM "
            + tables.builds()
            + " WHERE "
            + between("start", Level.BLOCK, within)
            + " UNION ALL SELECT toUInt8("
            + EXPIRED
            + "), micros, toUInt64(0), toUInt64(0) FROM "
            + tables.expired()
            + " FORMAT RowBinary";
    Query query = Query.of(sql).with("skip_unavailable_shards", "1").with("max_threads", "1");
    try (RowReader rows = RowReader.of(connection, query)) {
      while (rows.next()) {
        states.add(rows.oneByte(), rows.whole(), rows.whole(), rows.whole());
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

  private void add(int level, long start, long first, long second) {
    if (level == TOUCHED) {
      hours.merge(start, new Arrival(first, second), Arrival::plus);
    } else if (level == EXPIRED) {
      expired = Math.max(expired, start);
    } else {
      built
          .computeIfAbsent(Level.values()[level], _ -> new TreeMap<>())
          .merge(start, new Built(first, second), Built::newer);
    }
  }

  /** All of this level into which anything came, oldest first. */
  List<State> states(Level level) {
    Map<Long, Arrival> arrivals = hours;
    if (level != Level.HOUR) {
      arrivals = new TreeMap<>();
      for (Map.Entry<Long, Arrival> hour : hours.entrySet()) {
        arrivals.merge(level.startOf(hour.getKey()), hour.getValue(), Arrival::plus);
      }
    }
    Map<Long, Built> builds = built.getOrDefault(level, Map.of());
    List<State> states = new ArrayList<>();
    for (Map.Entry<Long, Arrival> each : arrivals.entrySet()) {
      Built made = builds.getOrDefault(each.getKey(), new Built(0, 0));
      Arrival came = each.getValue();
      boolean gone = each.getKey() + level.micros() <= expired;
      states.add(new State(each.getKey(), came.last, came.count, made.build, made.horizon, gone));
    }
    return states;
  }
}
