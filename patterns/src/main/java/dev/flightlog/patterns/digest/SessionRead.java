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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
  private static final int NAMES_AT_ONCE = 2_000;
  private static final long EVENTS_AT_ONCE = 4_000;

  /** Where a store is asked over a network, and finds the events of a time quickly. */
  private static final long EVENTS_OF_A_TIME = 20_000;

  private static final Duration LONG = Duration.ofMinutes(10);

  private final EventStore store;
  private final List<SessionObserver> observers;
  private final Filter wanted;

  /**
   * Sessions that are read at once, and how many events each of them has.
   *
   * @param within all of these events lie there
   */
  record Batch(Map<String, Long> sessions, Filter within) {}

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

  /** How many events these have together. */
  static long total(Map<String, Long> sessions) {
    long total = 0;
    for (long events : sessions.values()) {
      total += events;
    }
    return total;
  }

  /** When the events of a session were. */
  record Span(String session, long events, long first, long last) {
    /** Those with the newest events first. */
    static final Comparator<Span> NEWEST_FIRST =
        Comparator.comparingLong(Span::last).reversed().thenComparing(Span::session);
  }

  /** All sessions, those with the newest events first. */
  static List<Span> spans(EventStore store) {
    List<Span> spans = spans(Filter.EVERYTHING, store);
    spans.sort(Span.NEWEST_FIRST);
    return spans;
  }

  /** Those of these sessions that there are, likewise. */
  static List<Span> spans(List<String> names, EventStore store) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < names.size(); i += NAMES_AT_ONCE) {
      List<String> some = names.subList(i, Math.min(names.size(), i + NAMES_AT_ONCE));
      spans.addAll(spans(Filter.in(SESSION, some), store));
    }
    spans.sort(Span.NEWEST_FIRST);
    return spans;
  }

  private static List<Span> spans(Filter filter, EventStore store) {
    List<Span> spans = new ArrayList<>();
    Aggregate all =
        Aggregate.of(
                Filter.and(filter, Filter.not(Filter.absent(SESSION))),
                Measure.count(),
                Measure.first(),
                Measure.last())
            .by(Field.SESSION_ID)
            .patience(LONG);
    for (Row row : store.aggregate(all)) {
      String session = row.text(0);
      if (session != null) {
        spans.add(new Span(session, row.whole(0), row.whole(1), row.whole(2)));
      }
    }
    return spans;
  }

  /** Divides sessions so that each part is of much the same time. */
  static List<Batch> batchesOf(List<Span> spans) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < spans.size(); ) {
      Map<String, Long> sessions = new LinkedHashMap<>();
      long events = 0;
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      while (from < spans.size()
          && sessions.size() < SESSIONS_AT_ONCE
          && (events == 0 || events + spans.get(from).events() <= EVENTS_OF_A_TIME)) {
        Span span = spans.get(from++);
        sessions.put(span.session(), span.events());
        events += span.events();
        first = Math.min(first, span.first());
        last = Math.max(last, span.last());
      }
      batches.add(new Batch(sessions, new Filter.Time(first, last + 1)));
    }
    return batches;
  }

  /** Divides sessions so that each part is read at once. */
  static List<Batch> batches(Map<String, Long> sessions) {
    List<Batch> batches = new ArrayList<>();
    Map<String, Long> batch = new LinkedHashMap<>();
    long events = 0;
    for (Map.Entry<String, Long> session : sessions.entrySet()) {
      boolean full =
          batch.size() >= SESSIONS_AT_ONCE || events + session.getValue() > EVENTS_AT_ONCE;
      if (full && !batch.isEmpty()) {
        batches.add(new Batch(batch, Filter.EVERYTHING));
        batch = new LinkedHashMap<>();
        events = 0;
      }
      batch.put(session.getKey(), session.getValue());
      events += session.getValue();
    }
    if (!batch.isEmpty()) {
      batches.add(new Batch(batch, Filter.EVERYTHING));
    }
    return batches;
  }

  /** What one of the observers finds in a session. */
  List<Fact> facts(String observer, String session) {
    List<Fact> facts = new ArrayList<>();
    for (Batch batch : batches(sessions(List.of(session), store))) {
      look(batch).forEach(found -> facts.addAll(found.facts().getOrDefault(observer, List.of())));
    }
    return facts;
  }

  /** Reads these sessions, with what each of them gave. */
  List<Found> look(Batch batch) {
    Map<String, Long> sessions = batch.sessions();
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
    Filter filter =
        Filter.and(List.of(Filter.in(SESSION, sessions.keySet()), wanted, batch.within()));
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
