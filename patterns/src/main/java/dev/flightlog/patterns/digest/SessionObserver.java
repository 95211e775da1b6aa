package dev.flightlog.patterns.digest;

import dev.flightlog.store.Filter;

/**
 * Learns something from the order of events inside a session. Stateless, and so safe for several
 * threads; what it learns of one session is in its watch.
 */
public interface SessionObserver {

  /** Under which its facts are found; {@code a-z} and {@code _} only, never changed. */
  String name();

  /** Raised whenever the same events would give other facts: all sessions are then read again. */
  int version();

  /** The events it wants to see. */
  Filter wanted();

  /** Begins a session. What it finds goes to {@code facts}, also before the end. */
  SessionWatch watch(String session, FactCollector facts);
}
