package dev.flightlog.patterns.digest;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows sessions to observers, some at a time: so many that a store is asked seldom, so few that
 * what it sorts stays small. Safe for several threads.
 */
final class SessionRead {
  private static final Attribute SESSION = Attribute.of(Field.SESSION_ID);

  /** Beyond so many events a session is looked at no further. */
  static final long LONGEST = 100_000;

  private static final int SESSIONS_AT_ONCE = 200;
  private static final long EVENTS_AT_ONCE = 4_000;

  private final EventStore store;
  private final List<SessionObserver> observers;
  private final Filter wanted;

  /** What the observers found in a session. */
  record Found(String session, Map<String, List<Fact>> facts, boolean cut) {}

  private static final class Open {
    final Map<String, FactCollector> facts = new LinkedHashMap<>();
    final List<SessionWatch> watches = new ArrayList<>();
    long events;
    boolean failed;
  }

  SessionRead(EventStore store, List<SessionObserver> observers) {
    this.store = store;
    this.observers = observers;
    this.wanted = wanted(observers);
  }

  /** The events that any of the observers wants. */
  static Filter wanted(List<SessionObserver> observers) {
    List<Filter> any = new ArrayList<>();
    for (SessionObserver observer : observers) {
      any.add(observer.wanted());
    }
    return Filter.or(any);
  }

  /** The sessions that have an event that matches, and how many such events. */
  static Map<String, Long> sessions(Filter filter, EventStore store) {
    Map<String, Long> found = new TreeMap<>();
    Filter named = Filter.and(filter, Filter.not(Filter.absent(SESSION)));
    for (Row row : store.aggregate(Aggregate.of(named, Measure.count()).by(Field.SESSION_ID))) {
      String session = row.text(0);
      if (session != null) {
        found.put(session, row.whole(0));
      }
    }
    return found;
  }

  /** Those of these sessions that there are, and how many events they have. */
  static Map<String, Long> sessions(List<String> names, EventStore store) {
    Map<String, Long> whole = new TreeMap<>();
    for (int i = 0; i < names.size(); i += SESSIONS_AT_ONCE) {
      List<String> some = names.subList(i, Math.min(names.size(), i + SESSIONS_AT_ONCE));
      whole.putAll(sessions(Filter.in(SESSION, some), store));
    }
    return whole;
  }

  /** Divides sessions so that each part is read at once. */
  static List<Map<String, Long>> batches(Map<String, Long> sessions) {
    List<Map<String, Long>> batches = new ArrayList<>();
    Map<String, Long> batch = new LinkedHashMap<>();
    long events = 0;
    for (Map.Entry<String, Long> session : sessions.entrySet()) {
      boolean full =
          batch.size() >= SESSIONS_AT_ONCE || events + session.getValue() > EVENTS_AT_ONCE;
      if (full && !batch.isEmpty()) {
        batches.add(batch);
        batch = new LinkedHashMap<>();
        events = 0;
      }
      batch.put(session.getKey(), session.getValue());
      events += session.getValue();
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /** Reads these sessions, with what each of them gave. */
  List<Found> look(Map<String, Long> sessions) {
    Map<String, Open> open = new HashMap<>();
    for (String session : sessions.keySet()) {
      Open each = new Open();
      for (SessionObserver observer : observers) {
        FactCollector facts = new FactCollector();
        each.facts.put(observer.name(), facts);
        each.watches.add(observer.watch(session, facts));
      }
      open.put(session, each);
    }
    Filter filter = Filter.and(Filter.in(SESSION, sessions.keySet()), wanted);
    ReadRequest request = ReadRequest.oldestFirst(filter).limit(LONGEST * sessions.size() + 1);
    try (Answer answer = store.read(request)) {
      Iterator<Event> events = answer.events().iterator();
      while (events.hasNext()) {
        Event event = events.next();
        if (answer.unmet() instanceof Filter.Everything || answer.unmet().matches(event)) {
          show(event, open);
        }
      }
    }
    List<Found> found = new ArrayList<>();
    for (String session : sessions.keySet()) {
      Open each = open.get(session);
      if (each != null) {
        found.add(closed(session, each));
      }
    }
    return found;
  }

  private static void show(Event event, Map<String, Open> open) {
    @Nullable String session = event.text(Field.SESSION_ID);
    Open of = session == null ? null : open.get(session);
    if (of != null && of.events++ < LONGEST) {
      of.watches.removeIf(watch -> !shown(watch, event, of));
    }
  }

  /** False when the observer could not go on: it sees no more of the session, the others do. */
  private static boolean shown(SessionWatch watch, Event event, Open of) {
    try {
      watch.see(event);
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      of.failed = true;
      return false;
    }
  }

  private static Found closed(String session, Open open) {
    for (SessionWatch watch : open.watches) {
      try {
        watch.end();
      } catch (RuntimeException | StackOverflowError e) {
        open.failed = true;
      }
    }
    Map<String, List<Fact>> facts = new LinkedHashMap<>();
    boolean cut = open.failed || open.events > LONGEST;
    for (Map.Entry<String, FactCollector> each : open.facts.entrySet()) {
      facts.put(each.getKey(), each.getValue().all());
      cut |= each.getValue().isFull();
    }
    return new Found(session, facts, cut);
  }
}
