package dev.flightlog.patterns.digest;

import dev.flightlog.event.Event;

/**
 * One observer's view of one session. For one thread. Its memory must not grow with the session
 * beyond some kilobytes, and no content of an event may make it throw.
 */
public interface SessionWatch {

  /**
   * The next event of the session, by time and id. Events that other observers wanted may be among
   * them.
   */
  void see(Event event);

  /** There are no more. */
  void end();
}
