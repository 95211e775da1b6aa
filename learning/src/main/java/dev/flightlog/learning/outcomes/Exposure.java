package dev.flightlog.learning.outcomes;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What hooks recorded of one session and one trial.
 *
 * @param root the session; the first one where it was forked
 * @param sessions itself and its forks
 * @param told the arm that hooks gave it, as it was recorded
 * @param micros of the first record
 * @param firstCall ids that the event of the first call that was waited for may have; empty when
 *     the trial waits for none
 * @param refused ids of the events of calls that were refused
 */
record Exposure(
    String root,
    Set<String> sessions,
    String told,
    long micros,
    Set<String> firstCall,
    Set<String> refused) {

  /** All of a trial, in the order of their first records. Blocks; fails as the store does. */
  static List<Exposure> of(Trial trial, EventStore store) {
    ReadRequest request =
        ReadRequest.oldestFirst(
            Filter.and(
                Filter.is(Field.EVENT_TYPE, EventTypes.RULE_EXPOSURE),
                Filter.is(Attribute.detail("trial"), trial.id())));
    Map<String, Exposure> byRoot = new LinkedHashMap<>();
    for (Event event : store.read(request).finish(request)) {
      String session = event.text(Field.SESSION_ID);
      String root = event.detail("root_session");
      String arm = event.detail("arm");
      if (session == null || root == null || arm == null) {
        continue;
      }
      String id = event.detail("tool_use_id");
      List<String> calls =
          id == null
              ? List.of()
              : List.of(
                  EventIds.ofKey("tool_call:" + id),
                  // Codex counts its calls anew in each session.
                  EventIds.ofKey("tool_call:" + session + ":" + id));
      Exposure known =
          byRoot.computeIfAbsent(
              root,
              name ->
                  new Exposure(
                      name,
                      new TreeSet<>(Set.of(name)),
                      arm,
                      event.micros(),
                      Set.copyOf(calls),
                      new TreeSet<>()));
      known.sessions.add(session);
      if (Boolean.TRUE.equals(event.details().get("refused"))) {
        known.refused.addAll(calls);
      }
    }
    return new ArrayList<>(byRoot.values());
  }
}
