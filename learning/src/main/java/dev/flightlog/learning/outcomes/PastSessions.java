package dev.flightlog.learning.outcomes;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
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
   */
  public record Past(String session, long micros, int errors, int opportunities) {}

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
                bySession.merge(
                    session,
                    new Past(session, call.micros(), call.failed() ? 1 : 0, 1),
                    (known, one) ->
                        new Past(
                            session,
                            Math.min(known.micros, one.micros),
                            known.errors + one.errors,
                            known.opportunities + 1)));
      }
    }
    return new PastSessions(new ArrayList<>(bySession.values()).reversed());
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
