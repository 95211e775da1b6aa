package dev.flightlog.stores.clickhouse.search;

import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.BuiltHour;
import dev.flightlog.stores.clickhouse.rollups.WordSql;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The hours in which words stand that a search needs, newest first. Hours whose words are not known
 * as they are now count as having all. Stateless; blocks.
 */
record WordHours(ServerConnection connection, String words) {
  private static final long EVERY_PART = -1;

  /**
   * An hour to look into.
   *
   * @param parts which of its 64 parts, a bit for each
   * @param events about how many events lie in these
   */
  record Candidate(long start, long parts, long events) {}

  /**
   * The hours among these that may have matches.
   *
   * @param hours oldest first
   */
  List<Candidate> of(NeededRuns needed, List<BuiltHour> hours) {
    Map<Long, Map<Long, Long>> found = needed.isEmpty() ? Map.of() : found(needed, hours);
    List<Candidate> candidates = new ArrayList<>();
    for (BuiltHour hour : hours.reversed()) {
      long parts =
          needed.isEmpty() || !hour.isUsable()
              ? EVERY_PART
              : found.getOrDefault(hour.start(), Map.of()).getOrDefault(hour.build(), 0L);
      if (parts != 0) {
        long events = hour.arrived() * Long.bitCount(parts) / WordSql.PARTS + 1;
        candidates.add(new Candidate(hour.start(), parts, events));
      }
    }
    return candidates;
  }

  /** By hour and build, the parts that have all that is needed. */
  private Map<Long, Map<Long, Long>> found(NeededRuns needed, List<BuiltHour> hours) {
    Map<Long, Map<Long, Long>> found = new HashMap<>();
    if (hours.isEmpty()) {
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
            + " AS whole FROM (SELECT start, build, ["
            + each
            + "] AS by_run FROM "
            + words
            + " WHERE "
            + wanted
            + " AND start >= "
            + Literals.whole(hours.getFirst().start())
            + " AND start <= "
            + Literals.whole(hours.getLast().start())
            + " GROUP BY start, build) WHERE whole != 0 FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, ReadingQuery.of(sql, Query.PATIENCE))) {
      while (rows.next()) {
        found.computeIfAbsent(rows.whole(), _ -> new HashMap<>()).put(rows.whole(), rows.whole());
      }
    }
    return found;
  }

  /** The condition that a time lies in these, which the key of the table can be held against. */
  static String within(List<Candidate> candidates) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    StringJoiner numbers = new StringJoiner(", ", "(", ")");
    for (Candidate candidate : candidates) {
      first = Math.min(first, candidate.start);
      last = Math.max(last, candidate.start);
      for (int part = 0; part < WordSql.PARTS; part++) {
        if ((candidate.parts >>> part & 1) != 0) {
          long number = (candidate.start + part * WordSql.PART_MICROS) / WordSql.PART_MICROS;
          numbers.add(Literals.whole(number));
          // Before 1970 a division goes to the other end.
          if (candidate.start < 0) {
            numbers.add(Literals.whole(number + 1));
          }
        }
      }
    }
    return "(micros >= "
        + Literals.whole(first)
        + " AND micros < "
        + Literals.whole(last + WordSql.PARTS * WordSql.PART_MICROS)
        + " AND intDiv(micros, "
        + WordSql.PART_MICROS
        + ") IN "
        + numbers
        + ")";
  }
}
