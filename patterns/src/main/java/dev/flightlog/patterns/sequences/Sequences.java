package dev.flightlog.patterns.sequences;

import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.facts.RecurringErrors;
import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which error tends to be followed by which in the same session, and which come in loops. An error
 * is followed by the next one when at most {@value #NEAR} tool calls lie between them.
 *
 * <p>Lift is the share of the followers of A that are B, over the share of B among all followers. A
 * pair is told only when even the lower end of the 95 % interval of Wilson (1927) of the first
 * share lies above the second, when it was met {@value #FEWEST} times, and in two sessions.
 */
public final class Sequences {
  /** The most tool calls between two errors of a sequence. */
  public static final int NEAR = RecurringErrors.NEAR;

  private static final int FEWEST = RecurringErrors.FEWEST;

  /**
   * An error as it stands in its session.
   *
   * @param label its class
   * @param ordinal how many tool calls the session had made
   * @param event the event of the error
   */
  public record Step(String session, String label, int ordinal, long micros, String event) {}

  /**
   * What recurs.
   *
   * @param labels the classes in their order; a single one is a loop
   * @param lift over chance; 0 for a loop
   * @param longest of a loop: errors in a row; 0 for a pair
   * @param occurrences pairs, or loops of three and more
   */
  public record Sequence(List<String> labels, double lift, int longest, Occurrences occurrences) {}

  private static final class Met {
    final Occurrences.Counter counter = new Occurrences.Counter();
    int longest;

    void add(Step step) {
      counter.add(step.session(), step.micros(), step.event());
    }
  }

  /** By the first, then by the second. */
  private final Map<String, Map<String, Met>> pairs = new HashMap<>();

  private final Map<String, Met> loops = new HashMap<>();

  /** Adds the errors of one session, in their order. */
  public void add(List<Step> session) {
    int run = 1;
    for (int i = 1; i <= session.size(); i++) {
      Step before = session.get(i - 1);
      boolean follows =
          i < session.size() && session.get(i).ordinal() - before.ordinal() <= NEAR + 1;
      if (follows) {
        Step next = session.get(i);
        pairs
            .computeIfAbsent(before.label(), _ -> new HashMap<>())
            .computeIfAbsent(next.label(), _ -> new Met())
            .add(next);
      }
      boolean again = follows && session.get(i).label().equals(before.label());
      if (!again && run >= FEWEST) {
        Met loop = loops.computeIfAbsent(before.label(), l -> new Met());
        loop.add(before);
        loop.longest = Math.max(loop.longest, run);
      }
      run = again ? run + 1 : 1;
    }
  }

  /** What is told: loops and pairs of different errors, the most frequent first. */
  public List<Sequence> found() {
    List<Sequence> found = new ArrayList<>();
    for (Map.Entry<String, Met> each : loops.entrySet()) {
      Met met = each.getValue();
      found.add(new Sequence(List.of(each.getKey()), 0, met.longest, met.counter.total()));
    }
    long all = 0;
    Map<String, Long> seconds = new HashMap<>();
    for (Map<String, Met> followers : pairs.values()) {
      for (Map.Entry<String, Met> each : followers.entrySet()) {
        all += each.getValue().counter.count();
        seconds.merge(each.getKey(), each.getValue().counter.count(), Long::sum);
      }
    }
    for (Map.Entry<String, Map<String, Met>> each : pairs.entrySet()) {
      findPairs(each.getKey(), each.getValue(), seconds, all, found);
    }
    found.sort(
        Order.comparingLong((Sequence each) -> each.occurrences().count())
            .thenComparingLong(each -> each.occurrences().sessions())
            .reversed()
            .thenComparing(each -> String.join("\n", each.labels())));
    return found;
  }

  private static void findPairs(
      String label,
      Map<String, Met> followers,
      Map<String, Long> seconds,
      long all,
      List<Sequence> found) {
    long first = followers.values().stream().mapToLong(met -> met.counter.count()).sum();
    for (Map.Entry<String, Met> each : followers.entrySet()) {
      Occurrences met = each.getValue().counter.total();
      double lift = lift(met, first, seconds.getOrDefault(each.getKey(), 0L), all);
      if (!each.getKey().equals(label) && lift > 0) {
        found.add(new Sequence(List.of(label, each.getKey()), lift, 0, met));
      }
    }
  }

  private static double lift(Occurrences met, long first, long second, long all) {
    return RecurringErrors.lift(met.count(), met.sessions(), first, second, all);
  }
}
