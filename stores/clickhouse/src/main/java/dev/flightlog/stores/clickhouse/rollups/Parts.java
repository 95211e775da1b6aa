package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Of what a stretch of time is made: what was added up and has everything, and the time of which
 * events have to be read.
 *
 * @param builds what was added up, each for a time of its own
 * @param events stretches without, in order
 * @param arrived about how many events lie in these
 */
record Parts(List<Build> builds, List<Stretch> events, long arrived) {

  static final Parts NOTHING = new Parts(List.of(), List.of(), 0);

  /** What one length of time was added up to. */
  record Build(Level level, long start, long build) {}

  /** From a time on, before another, in microseconds since 1970. */
  record Stretch(long since, long until) {}

  Parts {
    builds = List.copyOf(builds);
    events = joined(events);
  }

  /** What these times are made of, together. */
  static Parts together(List<Parts> all) {
    List<Build> builds = new ArrayList<>();
    List<Stretch> events = new ArrayList<>();
    long arrived = 0;
    for (Parts each : all) {
      builds.addAll(each.builds);
      events.addAll(each.events);
      arrived += each.arrived;
    }
    return new Parts(builds, events, arrived);
  }

  private static List<Stretch> joined(List<Stretch> stretches) {
    List<Stretch> joined = new ArrayList<>();
    stretches.stream()
        .sorted((a, b) -> Long.compare(a.since, b.since))
        .forEach(each -> {
          Stretch last = joined.isEmpty() ? null : joined.getLast();
          if (last != null && last.until == each.since) {
            joined.set(joined.size() - 1, new Stretch(last.since, each.until));
          } else {
            joined.add(each);
          }
        });
    return List.copyOf(joined);
  }

  /** The condition for cells; "0" when there are none. */
  String cells() {
    if (builds.isEmpty()) {
      return "0";
    }
    StringJoiner levels = new StringJoiner(" OR ", "(", ")");
    for (Level level : Level.values()) {
      List<Build> these = builds.stream().filter(build -> build.level == level).toList();
      if (!these.isEmpty()) {
        StringJoiner keys = new StringJoiner(", ", "(", ")");
        these.forEach(
            build -> keys.add("(" + Literals.whole(build.start) + ", " + build.build + ")"));
        levels.add("level = " + level.ordinal() + " AND (start, build) IN " + keys);
      }
    }
    return levels.toString();
  }

  /** The condition for events; "0" when none have to be read. */
  String rows() {
    if (events.isEmpty()) {
      return "0";
    }
    StringJoiner stretches = new StringJoiner(" OR ", "(", ")");
    events.forEach(stretch -> stretches.add(within(stretch)));
    return stretches.toString();
  }

  /** The condition for events of this stretch. */
  static String within(Stretch stretch) {
    String since = "micros >= " + Literals.whole(stretch.since);
    return stretch.until == Long.MAX_VALUE
        ? since
        : "(" + since + " AND micros < " + Literals.whole(stretch.until) + ")";
  }
}
