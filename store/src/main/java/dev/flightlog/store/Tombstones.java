package dev.flightlog.store;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a store was told to forget and does not take in again.
 *
 * @param events their ids
 * @param sessions every event of these, known or to come
 */
public record Tombstones(Set<String> events, Set<String> sessions) {
  public static final Tombstones NONE = new Tombstones(Set.of(), Set.of());

  private static final Attribute ID = Attribute.of(Field.ID);
  private static final Attribute SESSION = Attribute.of(Field.SESSION_ID);

  public Tombstones {
    events = Set.copyOf(events);
    sessions = Set.copyOf(sessions);
  }

  /**
   * The ids and sessions that a filter names outright: alone, or as alternatives. A filter that
   * asks for something else besides, such as a session before some time, names none.
   */
  public static Tombstones namedBy(Filter filter) {
    Set<String> events = new HashSet<>();
    Set<String> sessions = new HashSet<>();
    List<Filter> parts = filter instanceof Filter.Or(List<Filter> any) ? any : List.of(filter);
    for (Filter part : parts) {
      if (part instanceof Filter.In in && in.attribute().equals(ID)) {
        events.addAll(in.texts());
      } else if (part instanceof Filter.In in && in.attribute().equals(SESSION)) {
        sessions.addAll(in.texts());
      }
    }
    return new Tombstones(events, sessions);
  }

  /**
   * Names all of these: given to {@link EventStore#forget}, another store does not take them in.
   */
  public Filter filter() {
    return Filter.or(Filter.in(ID, events), Filter.in(SESSION, sessions));
  }

  public boolean isEmpty() {
    return events.isEmpty() && sessions.isEmpty();
  }

  /** Whether this event must not come back. */
  public boolean covers(Event event) {
    String session = event.text(Field.SESSION_ID);
    return events.contains(event.id()) || session != null && sessions.contains(session);
  }

  /** These and the others. */
  public Tombstones and(Tombstones others) {
    Set<String> allEvents = new HashSet<>(events);
    allEvents.addAll(others.events);
    Set<String> allSessions = new HashSet<>(sessions);
    allSessions.addAll(others.sessions);
    return new Tombstones(allEvents, allSessions);
  }
}
