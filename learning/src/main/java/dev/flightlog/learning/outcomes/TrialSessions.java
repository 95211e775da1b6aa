package dev.flightlog.learning.outcomes;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.learning.exposure.Delivery;
import dev.flightlog.learning.exposure.Look;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.trial.Arms;
import dev.flightlog.learning.trial.SessionOutcome;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sessions of a trial that ended since the look before, and what they showed. A session counts
 * in the arm that chance gave it, whether it read the rule or not; one that was forked counts once;
 * one that began before the trial does not count. Its calls count for 24 hours. A rule that waits
 * for a call counts from that call on, in both arms: the call itself too, but where the text comes
 * together with its result and so cannot change it.
 *
 * @param counted in the order in which they met the trial
 * @param open sessions that have not ended
 * @param foreign records whose arm is not the one that the key gives, or of sessions that began
 *     before the trial; they are not counted
 */
public record TrialSessions(List<Look.Counted> counted, int open, int foreign) {
  public TrialSessions {
    counted = List.copyOf(counted);
  }

  /**
   * Reads them from the store.
   *
   * @param before the sessions of earlier looks
   * @throws IllegalArgumentException if the key of the trial is gone
   */
  public static TrialSessions since(
      Set<String> before, Trial trial, EventStore store, Instant now) {
    if (!trial.hasKey()) {
      throw new IllegalArgumentException("the key of trial " + trial.id() + " is gone");
    }
    List<Exposure> exposures =
        Exposure.of(trial, store).stream().filter(each -> !before.contains(each.root())).toList();
    Set<String> ids = new TreeSet<>();
    exposures.forEach(each -> ids.addAll(each.sessions()));
    Map<String, Lifetime> lifetimes = Lifetime.of(ids, store);
    Arms arms = trial.arms();
    long micros = micros(now);
    List<Exposure> ended = new ArrayList<>();
    Map<String, Lifetime> known = new HashMap<>();
    int open = 0;
    int foreign = 0;
    for (Exposure each : exposures) {
      Lifetime lifetime =
          each.sessions().stream()
              .map(lifetimes::get)
              .filter(java.util.Objects::nonNull)
              .reduce(Lifetime::with)
              .orElse(null);
      if (lifetime == null) {
        open++;
      } else if (lifetime.began() < micros(trial.startedAt())
          || arms.exposed(each.root()) != each.told().equals("exposed")) {
        foreign++;
      } else if (!lifetime.hasEnded(micros)) {
        open++;
      } else {
        ended.add(each);
        known.put(each.root(), lifetime);
      }
    }
    return new TrialSessions(count(ended, known, trial, store), open, foreign);
  }

  private static List<Look.Counted> count(
      List<Exposure> ended, Map<String, Lifetime> lifetimes, Trial trial, EventStore store) {
    Set<String> ids = new TreeSet<>();
    ended.forEach(each -> ids.addAll(each.sessions()));
    Map<String, List<Opportunities.Opportunity>> calls = calls(ids, Opportunities.of(trial), store);
    Map<String, ModelUse> use = ModelUse.of(ids, store);
    List<Look.Counted> counted = new ArrayList<>();
    for (Exposure each : ended) {
      List<Opportunities.Opportunity> opportunities = new ArrayList<>();
      ModelUse used = ModelUse.none();
      for (String session : each.sessions()) {
        opportunities.addAll(calls.getOrDefault(session, List.of()));
        used = used.with(use.getOrDefault(session, ModelUse.none()));
      }
      Lifetime lifetime = lifetimes.getOrDefault(each.root(), new Lifetime(0, 0, 0));
      counted.add(
          new Look.Counted(
              each.root(),
              outcome(each, opportunities, lifetime.cut(), trial),
              used.model(),
              used.version(),
              used.newTokens(),
              used.answers()));
    }
    return counted;
  }

  private static SessionOutcome outcome(
      Exposure exposure, List<Opportunities.Opportunity> calls, long cut, Trial trial) {
    boolean waits = trial.terms().placement() == Placement.ACTION;
    boolean withResult = trial.terms().delivery() == Delivery.TEXT;
    long from = waits ? firstCall(exposure, calls) : Long.MIN_VALUE;
    int errors = 0;
    int opportunities = 0;
    for (Opportunities.Opportunity call : calls) {
      boolean first = waits && withResult && exposure.firstCall().contains(call.id());
      if (call.micros() >= from
          && call.micros() < cut
          && !first
          && !exposure.refused().contains(call.id())) {
        opportunities++;
        errors += call.failed() ? 1 : 0;
      }
    }
    return new SessionOutcome(trial.arms().exposed(exposure.root()), errors, opportunities);
  }

  /**
   * When the call was made that was waited for; by the hook's clock when it is not in the store.
   */
  private static long firstCall(Exposure exposure, List<Opportunities.Opportunity> calls) {
    return calls.stream()
        .filter(call -> exposure.firstCall().contains(call.id()))
        .mapToLong(Opportunities.Opportunity::micros)
        .findFirst()
        .orElse(exposure.micros());
  }

  private static Map<String, List<Opportunities.Opportunity>> calls(
      Set<String> sessions, Opportunities wanted, EventStore store) {
    Map<String, List<Opportunities.Opportunity>> calls = new HashMap<>();
    ReadRequest request =
        ReadRequest.oldestFirst(
            Filter.and(wanted.events(), Filter.in(Attribute.of(Field.SESSION_ID), sessions)));
    Map<String, Opportunities.Reader> readers = new HashMap<>();
    for (Event event : store.read(request).finish(request)) {
      String session = event.text(Field.SESSION_ID);
      if (session != null) {
        readers
            .computeIfAbsent(session, name -> wanted.reader())
            .see(event)
            .ifPresent(call -> calls.computeIfAbsent(session, name -> new ArrayList<>()).add(call));
      }
    }
    return calls;
  }

  private static long micros(Instant time) {
    return Math.multiplyExact(time.toEpochMilli(), 1000L);
  }
}
