package dev.flightlog.alerts.rules;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The last calls of each session and agent, kept by what arrives in a store; nothing is read twice.
 * Begins with the events of the last two hours. Holds a bounded number of them. For one thread.
 */
public final class SessionWatch {
  private static final int MOST_AGENTS = 2_000;
  private static final int MOST_CALLS = 64;
  private static final int PAGE = 2_000;
  private static final int MOST_PAGES = 50;
  private static final int MOST_AT_FIRST = 20_000;
  private static final long AT_FIRST = 2 * Moment.HOUR;

  private static final Filter CALLS =
      Filter.in(
          Attribute.of(Field.EVENT_TYPE), Set.of(EventTypes.TOOL_CALL, EventTypes.MODEL_CALL));

  /** Tools that look again and again at something that goes on: to repeat them is their use. */
  private static final Set<String> LOOKING = Set.of("BashOutput", "TaskOutput", "write_stdin");

  /**
   * A call of a tool.
   *
   * @param input what it was called with, as a text that is the same for the same input
   */
  record Call(String tool, int input, long micros) {}

  /** What one agent of one session did last. */
  static final class Agent {
    final String session;
    final String name;
    final Map<String, Call> calls = new LinkedHashMap<>();
    @Nullable String project;
    long contextAt = Long.MIN_VALUE;
    double context;
    long last = Long.MIN_VALUE;

    Agent(String session, String name) {
      this.session = session;
      this.name = name;
    }

    void add(Event event) {
      last = Math.max(last, event.micros());
      String of = event.text(Field.PROJECT);
      project = of == null ? project : of;
      Double percent = event.real(Field.CONTEXT_PERCENT);
      if (percent != null && event.micros() >= contextAt) {
        contextAt = event.micros();
        context = percent;
      }
      String tool = event.detail("tool");
      if (event.eventType().equals(EventTypes.TOOL_CALL)
          && tool != null
          && !LOOKING.contains(tool)) {
        Object input = event.details().get("input");
        // A call that arrives again, with its result, stays where it is.
        calls.put(event.id(), new Call(tool, String.valueOf(input).hashCode(), event.micros()));
        if (calls.size() > MOST_CALLS) {
          calls.remove(calls.keySet().iterator().next());
        }
      }
    }

    /** Its last calls, the newest last. */
    List<Call> newest(int most) {
      List<Call> all = new ArrayList<>(calls.values());
      all.sort(java.util.Comparator.comparingLong(Call::micros));
      return all.subList(Math.max(0, all.size() - most), all.size());
    }
  }

  private final EventStore store;
  private final Map<String, Agent> agents =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Agent> eldest) {
          return size() > MOST_AGENTS;
        }
      };
  private @Nullable Cursor cursor;

  public SessionWatch(EventStore store) {
    this.store = store;
  }

  /**
   * Takes in what has arrived.
   *
   * @return the sessions of which something arrived
   */
  public Set<String> follow(long now) {
    Set<String> sessions = new TreeSet<>();
    Cursor at = cursor;
    if (at == null) {
      at = store.latest();
      ReadRequest request =
          ReadRequest.newestFirst(Filter.and(CALLS, Filter.since(now - AT_FIRST)))
              .limit(MOST_AT_FIRST);
      store.read(request).finish(request).reversed().forEach(event -> add(event, sessions));
    }
    boolean more = true;
    for (int i = 0; more && i < MOST_PAGES; i++) {
      switch (store.changes(at, CALLS, PAGE)) {
        case Changes.Page page -> {
          page.events().forEach(event -> add(event, sessions));
          at = page.next();
          more = page.more();
        }
        case Changes.Unknown _ -> {
          at = store.latest();
          more = false;
        }
      }
    }
    cursor = at;
    return sessions;
  }

  private void add(Event event, Set<String> sessions) {
    String session = event.text(Field.SESSION_ID);
    if (session != null) {
      String name = event.text(Field.AGENT_NAME);
      String agent = name == null ? "" : name;
      agents.computeIfAbsent(session + "\0" + agent, _ -> new Agent(session, agent)).add(event);
      sessions.add(session);
    }
  }

  /** The sessions of a project of which something arrived; of the newest of all sessions. */
  public Set<String> sessionsOf(String project) {
    Set<String> sessions = new TreeSet<>();
    for (Agent agent : agents.values()) {
      if (project.equals(agent.project)) {
        sessions.add(agent.session);
      }
    }
    return sessions;
  }

  /** What is known of agents now. */
  Collection<Agent> agents() {
    return List.copyOf(agents.values());
  }
}
