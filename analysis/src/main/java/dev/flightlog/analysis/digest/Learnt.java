package dev.flightlog.analysis.digest;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all observers found up to one moment. Immutable.
 *
 * @param byObserver facts by observer and session, each session's by time
 * @param cutSessions sessions of which not everything was looked at, because they are too long
 */
public record Learnt(Map<String, Map<String, List<Fact>>> byObserver, Set<String> cutSessions) {

  /** The facts of this observer by session; empty when there is none of that name. */
  public Map<String, List<Fact>> of(String observer) {
    return byObserver.getOrDefault(observer, Map.of());
  }
}
