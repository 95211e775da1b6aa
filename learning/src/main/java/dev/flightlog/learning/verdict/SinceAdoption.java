package dev.flightlog.learning.verdict;

import dev.flightlog.learning.outcomes.Opportunities;
import dev.flightlog.learning.outcomes.PastSessions;
import dev.flightlog.learning.outcomes.PastSessions.Past;
import dev.flightlog.learning.rules.Measure;
import dev.flightlog.store.EventStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A rule that was adopted without a trial: the sessions before that day and those since.
 *
 * @param said at most weak evidence
 */
public record SinceAdoption(BeforeAfter.Said said, Arm before, Arm after) {
  /** With fewer sessions on a side nothing is said but that. */
  private static final int LEAST_SESSIONS = 10;

  private static final double Z = 1.959964;

  /** Reads the newest sessions. Blocks; fails as the store does. */
  public static SinceAdoption of(Opportunities calls, Instant adopted, EventStore store) {
    if (calls.measure() == Measure.NOTHING) {
      return new SinceAdoption(BeforeAfter.Said.ADVICE, arm(List.of()), arm(List.of()));
    }
    PastSessions past = PastSessions.of(calls, store);
    long day = adopted.toEpochMilli() * 1000;
    List<Past> before = past.sessions().stream().filter(each -> each.micros() < day).toList();
    List<Past> after = past.sessions().stream().filter(each -> each.micros() >= day).toList();
    return new SinceAdoption(said(before, after, past.models(store)), arm(before), arm(after));
  }

  private static BeforeAfter.Said said(
      List<Past> before, List<Past> after, Map<String, String> models) {
    if (before.size() < LEAST_SESSIONS || after.size() < LEAST_SESSIONS) {
      return BeforeAfter.Said.NO_EVIDENCE;
    }
    Map<String, List<Past>> earlier = byModel(before, models);
    Map<String, List<Past>> later = byModel(after, models);
    if (earlier.keySet().equals(later.keySet()) && earlier.size() <= 1) {
      return BeforeAfter.judge(change(before, after));
    }
    List<BeforeAfter.Change> within = new ArrayList<>();
    TreeSet<String> both = new TreeSet<>(earlier.keySet());
    both.retainAll(later.keySet());
    for (String model : both) {
      List<Past> old = earlier.getOrDefault(model, List.of());
      List<Past> now = later.getOrDefault(model, List.of());
      if (old.size() >= LEAST_SESSIONS && now.size() >= LEAST_SESSIONS) {
        within.add(change(old, now));
      }
    }
    BeforeAfter.Said said = BeforeAfter.judgeWithin(within);
    return said == BeforeAfter.Said.MODEL_CHANGED && earlier.keySet().equals(later.keySet())
        ? BeforeAfter.Said.NO_EVIDENCE
        : said;
  }

  private static Map<String, List<Past>> byModel(List<Past> sessions, Map<String, String> models) {
    Map<String, List<Past>> groups = new TreeMap<>();
    for (Past each : sessions) {
      groups
          .computeIfAbsent(models.getOrDefault(each.session(), ""), model -> new ArrayList<>())
          .add(each);
    }
    return groups;
  }

  private static BeforeAfter.Change change(List<Past> before, List<Past> after) {
    return new BeforeAfter.Change(share(before), share(after), false);
  }

  /** Errors an opportunity; its variance by the delta method over sessions. */
  private static BeforeAfter.Share share(List<Past> sessions) {
    Arm sums = arm(sessions);
    double squares = 0;
    for (Past each : sessions) {
      double off = each.errors() - sums.rate() * each.opportunities();
      squares += off * off;
    }
    // One error more, so that none among few does not look certain.
    double least = 1.0 / (sums.opportunities() + Z * Z);
    double half = Z * Math.max(Math.sqrt(squares) / sums.opportunities(), least);
    return new BeforeAfter.Share(sums.rate(), half);
  }

  private static Arm arm(List<Past> sessions) {
    return new Arm(
        sessions.size(),
        sessions.size(),
        sessions.stream().mapToLong(Past::errors).sum(),
        sessions.stream().mapToLong(Past::opportunities).sum());
  }
}
