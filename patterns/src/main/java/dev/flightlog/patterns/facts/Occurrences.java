package dev.flightlog.patterns.facts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often, in how many sessions and when something was met, and by which events that is told.
 * Immutable.
 *
 * @param firstSeen in microseconds since 1970
 * @param lastSeen in microseconds since 1970
 * @param evidence ids of events, at most {@value #MOST_EVIDENCE}, those met last
 */
public record Occurrences(
    long count, long sessions, long firstSeen, long lastSeen, List<String> evidence) {
  /** The most events that are named. */
  public static final int MOST_EVIDENCE = 20;

  public Occurrences {
    evidence = List.copyOf(evidence);
  }

  /** Adds occasions up; quickest when those of a session come together. For one thread. */
  public static final class Counter {
    /** Each time that another one comes. */
    private final List<String> sessions = new ArrayList<>();

    /** True while each comes behind all before, and so is no one of them. */
    private boolean inOrder = true;

    private final Deque<String> evidence = new ArrayDeque<>();
    private @Nullable String lastSession;
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** Counts one more. */
    public void add(Occasion occasion, String event) {
      add(occasion.session(), occasion.micros(), event);
    }

    /** Counts one more. */
    public void add(String session, long micros, String event) {
      count++;
      if (!session.equals(lastSession)) {
        inOrder &= lastSession == null || lastSession.compareTo(session) < 0;
        sessions.add(session);
        lastSession = session;
      }
      first = Math.min(first, micros);
      last = Math.max(last, micros);
      if (!event.isEmpty()) {
        evidence.addLast(event);
        if (evidence.size() > MOST_EVIDENCE) {
          evidence.removeFirst();
        }
      }
    }

    public long count() {
      return count;
    }

    /** What was counted. */
    public Occurrences total() {
      int met = inOrder ? sessions.size() : new HashSet<>(sessions).size();
      return new Occurrences(count, met, first, last, List.copyOf(evidence));
    }
  }
}
