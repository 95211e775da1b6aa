package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.List;

/** Where an observer puts what it finds in one session; bounded. For one thread. */
public final class FactCollector {
  /** The most facts an observer may keep of a session. */
  public static final int MOST = 500;

  private final List<Fact> facts = new ArrayList<>();
  private boolean full;

  /** Keeps a fact; behind the most, it is left out. */
  public void add(Fact fact) {
    if (facts.size() >= MOST) {
      full = true;
      return;
    }
    facts.add(fact);
  }

  boolean isFull() {
    return full;
  }

  /** What was kept, by time. */
  public List<Fact> all() {
    facts.sort(Order.comparingLong(Fact::micros));
    return List.copyOf(facts);
  }
}
