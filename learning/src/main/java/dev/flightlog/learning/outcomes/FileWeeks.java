package dev.flightlog.learning.outcomes;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.learning.exposure.FileWeek;
import dev.flightlog.learning.exposure.Look;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.trial.SessionOutcome;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The weeks of projects in which a rule on trial stood in a file or did not, and what their
 * sessions showed. A week is counted as one, for its sessions shared one draw; it counts from the
 * moment at which the file was written, and once its last sessions have ended. Stateless.
 */
public final class FileWeeks {
  private static final long DAY = 86_400_000_000L;

  private FileWeeks() {}

  /** What was recorded when a file was written. */
  private record Written(FileWeek week, long micros) {}

  /**
   * Those that are over since the looks before. Blocks; fails as the store does.
   *
   * @param before the units of earlier looks
   */
  public static List<Look.Counted> since(
      Set<String> before, Trial trial, EventStore store, Instant now) {
    ReadRequest request =
        ReadRequest.oldestFirst(
            Filter.and(
                Filter.is(Field.EVENT_TYPE, EventTypes.RULE_EXPOSURE),
                Filter.is(Attribute.detail("trial"), trial.id())));
    Map<String, Written> weeks = new LinkedHashMap<>();
    for (Event event : store.read(request).finish(request)) {
      String project = event.detail("project");
      if (project != null) {
        FileWeek week = FileWeek.of(project, event.timestamp());
        weeks.putIfAbsent(week.unit(), new Written(week, event.micros()));
      }
    }
    List<Look.Counted> counted = new ArrayList<>();
    weeks.forEach((unit, written) -> {
      boolean over = !now.isBefore(written.week.ends().plusSeconds(86_400));
      if (over && !before.contains(unit)) {
        counted.add(new Look.Counted(unit, outcome(written, trial, store), "", "", 0, 0));
      }
    });
    return counted;
  }

  private static SessionOutcome outcome(Written written, Trial trial, EventStore store) {
    long end = written.week.ends().toEpochMilli() * 1000;
    Opportunities wanted = Opportunities.of(trial);
    ReadRequest request =
        ReadRequest.oldestFirst(
            Filter.and(
                wanted.events(),
                Filter.is(Field.PROJECT, written.week.project()),
                Filter.since(written.micros),
                Filter.until(end + DAY)));
    List<Event> calls = store.read(request).finish(request);
    Set<String> sessions = new TreeSet<>();
    calls.forEach(call -> {
      String session = call.text(Field.SESSION_ID);
      if (session != null) {
        sessions.add(session);
      }
    });
    Map<String, Lifetime> lifetimes = Lifetime.of(sessions, store);
    Map<String, Opportunities.Reader> readers = new HashMap<>();
    int errors = 0;
    int opportunities = 0;
    for (Event call : calls) {
      String session = String.valueOf(call.text(Field.SESSION_ID));
      Lifetime lifetime = lifetimes.get(session);
      var looked = readers.computeIfAbsent(session, name -> wanted.reader()).see(call);
      if (lifetime != null
          && lifetime.began() >= written.micros
          && lifetime.began() < end
          && looked.isPresent()) {
        opportunities++;
        errors += looked.get().failed() ? 1 : 0;
      }
    }
    return new SessionOutcome(written.week.isExposed(trial), errors, opportunities);
  }
}
