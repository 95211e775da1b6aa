package dev.flightlog.learning.outcomes;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.exposure.Trigger;
import dev.flightlog.learning.trial.SessionOutcome;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.ReadRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the newest sessions showed of a rule, whoever was shown it: by this a trial is planned.
 *
 * @param sessions that have an opportunity, the newest first
 */
public record PastSessions(List<Past> sessions) {
  /** Events that are looked at, the newest. */
  private static final int MOST_EVENTS = 100_000;

  /**
   * One of them.
   *
   * @param micros when its first opportunity was, in microseconds since 1970
   * @param beforeError opportunities before the first error
   * @param erred whether the first opportunity was one
   */
  public record Past(
      String session, long micros, int errors, int opportunities, int beforeError, boolean erred) {
    static Past of(String session, Opportunities.Opportunity first) {
      return new Past(session, first.micros(), 0, 0, 0, false).with(first);
    }

    Past with(Opportunities.Opportunity next) {
      boolean failed = next.failed();
      return new Past(
          session,
          micros,
          errors + (failed ? 1 : 0),
          opportunities + 1,
          errors == 0 && !failed ? beforeError + 1 : beforeError,
          opportunities == 0 ? failed : erred);
    }

    private Past afterFirst() {
      return new Past(
          session, micros, errors - (erred ? 1 : 0), opportunities - 1, beforeError, erred);
    }

    /** The call behind the first error brings the text, and so is not counted. */
    private Past afterFirstError() {
      return new Past(
          session,
          micros,
          Math.max(0, errors - 1),
          Math.max(0, opportunities - beforeError - 2),
          0,
          false);
    }
  }

  public PastSessions {
    sessions = List.copyOf(sessions);
  }

  /** Reads them from the store. Blocks; fails as the store does. */
  public static PastSessions of(Opportunities wanted, EventStore store) {
    ReadRequest request = ReadRequest.newestFirst(wanted.events()).limit(MOST_EVENTS);
    Map<String, Past> bySession = new LinkedHashMap<>();
    Map<String, Opportunities.Reader> readers = new HashMap<>();
    for (Event event : store.read(request).finish(request).reversed()) {
      String session = event.text(Field.SESSION_ID);
      if (session != null) {
        readers
            .computeIfAbsent(session, name -> wanted.reader())
            .see(event)
            .ifPresent(call ->
                bySession.merge(session, Past.of(session, call), (known, one) -> known.with(call)));
      }
    }
    return new PastSessions(new ArrayList<>(bySession.values()).reversed());
  }

  /**
   * What of them a trial on these terms would count: where a rule waits for a call, what comes
   * after the first one, or after the first that failed.
   */
  public PastSessions under(Terms terms) {
    if (terms.placement() != Placement.ACTION) {
      return this;
    }
    boolean afterFailure = terms.trigger() == Trigger.AFTER_FAILURE;
    return new PastSessions(
        sessions.stream()
            .map(past -> afterFailure ? past.afterFirstError() : past.afterFirst())
            .filter(past -> past.opportunities > 0)
            .toList());
  }

  /** The outcomes, without arms. */
  public List<SessionOutcome> outcomes() {
    return sessions.stream()
        .map(past -> new SessionOutcome(false, past.errors, past.opportunities))
        .toList();
  }

  /**
   * By which model most answers of each session were made; sessions without one are missing.
   * Blocks; fails as the store does.
   */
  public Map<String, String> models(EventStore store) {
    Map<String, String> models = new LinkedHashMap<>();
    ModelUse.of(sessions.stream().map(Past::session).toList(), store)
        .forEach((session, use) -> {
          if (!use.model().isEmpty()) {
            models.put(session, use.model());
          }
        });
    return models;
  }

  /** Sessions a day since this time; 0 when there are none. */
  public double perDay(long sinceMicros, long nowMicros) {
    long recent = sessions.stream().filter(past -> past.micros >= sinceMicros).count();
    return recent * 86_400_000_000.0 / Math.max(1, nowMicros - sinceMicros);
  }
}
