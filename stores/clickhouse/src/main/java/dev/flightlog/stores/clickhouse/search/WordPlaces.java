package dev.flightlog.stores.clickhouse.search;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.Level;
import dev.flightlog.stores.clickhouse.rollups.SearchPlaces.SearchPlace;
import dev.flightlog.stores.clickhouse.rollups.WordSql;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Where in time words stand that a search needs, newest first. Times whose words are not known as
 * they are now count as having all. Stateless; blocks.
 */
record WordPlaces(ServerConnection connection, String words) {
  /** Parts with about so many events make a candidate. */
  private static final long MOST_EVENTS = 100_000;

  /**
   * Parts of a length of time to look into.
   *
   * @param parts which of its parts, a bit for each
   * @param events about how many events lie in these
   */
  record Candidate(Level level, long start, long parts, long events) {}

  /** What is built of a length of time. */
  private record Noted(long start, long build) {}

  /**
   * What of these places may have matches; of each time once.
   *
   * @param places oldest first
   */
  List<Candidate> of(NeededRuns needed, List<SearchPlace> places) {
    Map<Noted, Long> found = needed.isEmpty() ? Map.of() : found(needed, places);
    List<Candidate> candidates = new ArrayList<>();
    for (SearchPlace place : places.reversed()) {
      long parts = place.within();
      if (!needed.isEmpty() && place.build() != 0) {
        long has = found.getOrDefault(new Noted(place.start(), place.build()), 0L);
        parts &= has | place.whole();
      }
      add(place, parts, candidates);
    }
    return candidates;
  }

  /** Adds these parts, the newest first. */
  private static void add(SearchPlace place, long parts, List<Candidate> candidates) {
    long each = place.arrived() / Long.bitCount(place.within()) + 1;
    long rest = parts;
    while (rest != 0) {
      long some = 0;
      for (long events = 0; rest != 0 && (some == 0 || events + each <= MOST_EVENTS); ) {
        long newest = Long.highestOneBit(rest);
        some |= newest;
        rest &= ~newest;
        events += each;
      }
      candidates.add(new Candidate(place.level(), place.start(), some, each * Long.bitCount(some)));
    }
  }

  /** By build, the parts that have all that is needed. */
  private Map<Noted, Long> found(NeededRuns needed, List<SearchPlace> places) {
    Map<Noted, Long> found = new HashMap<>();
    long first = places.stream().mapToLong(SearchPlace::start).min().orElse(0);
    long last = places.stream().mapToLong(SearchPlace::start).max().orElse(-1);
    if (places.stream().allMatch(place -> place.build() == 0)) {
      return found;
    }
    List<NeededRuns.Run> runs = needed.all();
    String any = "word = " + Literals.text(WordSql.ANY);
    StringJoiner wanted = new StringJoiner(" OR ", "(", ")").add(any);
    StringJoiner each = new StringJoiner(", ");
    for (NeededRuns.Run run : runs) {
      wanted.add(run.matches("word"));
      each.add("groupBitOrIf(parts, " + any + " OR " + run.matches("word") + ")");
    }
    String sql =
        "SELECT start, build, "
            + needed.parts("by_run")
            + " AS having_all FROM (SELECT start, build, ["
            + each
            + "] AS by_run FROM "
            + words
            + " WHERE "
            + wanted
            + " AND start >= "
            + Literals.whole(first)
            + " AND start <= "
            + Literals.whole(last)
            + " GROUP BY start, build) WHERE having_all != 0 FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, ReadingQuery.of(sql, Query.PATIENCE))) {
      while (rows.next()) {
        found.put(new Noted(rows.whole(), rows.whole()), rows.whole());
      }
    }
    return found;
  }

  /** The condition that a time lies in these, which the key of the table can be held against. */
  static String within(List<Candidate> candidates) {
    StringJoiner levels = new StringJoiner(" OR ", "(", ")");
    for (Level level : Level.values()) {
      List<Candidate> these =
          candidates.stream().filter(candidate -> candidate.level == level).toList();
      if (!these.isEmpty()) {
        levels.add(within(level, these));
      }
    }
    return levels.toString();
  }

  private static String within(Level level, List<Candidate> candidates) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    StringJoiner numbers = new StringJoiner(", ", "(", ")");
    for (Candidate candidate : candidates) {
      for (int part = 0; part < level.parts(); part++) {
        if ((candidate.parts >>> part & 1) != 0) {
          long start = candidate.start + part * level.partMicros();
          first = Math.min(first, start);
          last = Math.max(last, start);
          numbers.add(Literals.whole(start / level.partMicros()));
          // Before 1970 a division goes to the other end.
          if (start < 0) {
            numbers.add(Literals.whole(start / level.partMicros() + 1));
          }
        }
      }
    }
    return "(micros >= "
        + Literals.whole(first)
        + " AND micros < "
        + Literals.whole(last + level.partMicros())
        + " AND intDiv(micros, "
        + level.partMicros()
        + ") IN "
        + numbers
        + ")";
  }
}
