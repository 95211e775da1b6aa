package dev.flightlog.patterns.remedies;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What helped, over many cases. An error is looked up from narrow to wide:
 *
 * <pre>
 *   tool, error type and template of the message
 *   tool, program and error type             commands only
 *   tool and error type                      unless the type says nothing, such as exit_code_1
 * </pre>
 *
 * The share of a remedy in a narrow class is drawn towards its share in the wider one as if {@value
 * #PRIOR} more cases were known (a Dirichlet prior), so that one odd case does not outrank what
 * helps always. A class of which no case was ever recovered has no remedy, whatever wider ones say.
 *
 * <p>For one thread while it learns, for many thereafter.
 */
public final class Remedies {
  private static final double PRIOR = 2;

  /** A wider class speaks for one never met only with so many recoveries, and this share of all. */
  private static final int ENOUGH = 8;

  private static final double MOSTLY = 0.85;

  /** A remedy with a smaller share of the recoveries is not worth trying. */
  private static final double LEAST = 0.03;

  private final Map<String, Tally> tallies = new HashMap<>();

  /** How a remedy did in a class of errors. */
  private static final class Count {
    int helped;
    int failed;
    final Set<String> sessions = new HashSet<>();
    @Nullable ErrorCase newest;
  }

  private static final class Tally {
    int decided;
    int recovered;
    final Set<String> sessions = new HashSet<>();
    final Map<String, Count> remedies = new HashMap<>();
  }

  /**
   * A remedy worth trying.
   *
   * @param helped cases in which it made the intent succeed
   * @param failed times it was tried and the call failed again
   * @param sessions in how many sessions it helped
   * @param share of the recoveries, 0 to 1, as ranked
   * @param newest the newest case in which it helped
   */
  public record Offer(
      Remedy remedy, int helped, int failed, int sessions, double share, ErrorCase newest) {}

  /** Learns from cases; those whose end nobody knows only count as tried. */
  public Remedies learn(Iterable<ErrorCase> cases) {
    for (ErrorCase each : cases) {
      for (String level : levels(each)) {
        learn(each, tallies.computeIfAbsent(level, name -> new Tally()));
      }
    }
    return this;
  }

  private static void learn(ErrorCase each, Tally tally) {
    tally.decided += each.isDecided() ? 1 : 0;
    for (Remedy tried : each.tried()) {
      tally.remedies.computeIfAbsent(tried.key(), name -> new Count()).failed++;
    }
    Remedy remedy = each.remedy();
    if (remedy != null) {
      tally.recovered++;
      tally.sessions.add(each.fact().session());
      Count count = tally.remedies.computeIfAbsent(remedy.key(), name -> new Count());
      count.helped++;
      count.sessions.add(each.fact().session());
      ErrorCase newest = count.newest;
      if (newest == null || newest.fact().micros() <= each.fact().micros()) {
        count.newest = each;
      }
    }
  }

  /** From narrow to wide. */
  private static List<String> levels(ErrorCase of) {
    List<String> levels = new ArrayList<>();
    levels.add("1\n" + of.tool() + '\n' + of.errorType() + '\n' + of.template());
    if (!of.program().isEmpty()) {
      levels.add("2\n" + of.tool() + '\n' + of.program() + '\n' + of.errorType());
    }
    if (!of.isVague()) {
      levels.add("3\n" + of.tool() + '\n' + of.errorType());
    }
    return levels;
  }

  /** What helped among these cases, taken as one class; the most frequent first. */
  public static List<Offer> among(Iterable<ErrorCase> cases, int limit) {
    Tally tally = new Tally();
    for (ErrorCase each : cases) {
      learn(each, tally);
    }
    return tally.recovered == 0 ? List.of() : offers(List.of(tally), 0, limit);
  }

  /** The most likely first, at most {@code limit}; empty when nothing is known to help. */
  public List<Offer> offers(ErrorCase error, int limit) {
    List<Tally> known = new ArrayList<>();
    for (String level : levels(error)) {
      Tally tally = tallies.get(level);
      boolean narrow = level.startsWith("1");
      if (tally == null) {
        continue;
      }
      if (narrow && tally.decided > 0 && tally.recovered == 0) {
        return List.of();
      }
      boolean speaks =
          narrow
              || !known.isEmpty()
              || (tally.recovered >= ENOUGH
                  && tally.sessions.size() > 1
                  && tally.recovered >= MOSTLY * tally.decided);
      if (speaks && tally.recovered > 0) {
        known.add(tally);
      }
    }
    return offers(known, LEAST, limit);
  }

  private static List<Offer> offers(List<Tally> known, double least, int limit) {
    Map<String, Double> shares = new HashMap<>();
    for (Tally tally : known.reversed()) {
      Map<String, Double> drawn = new HashMap<>();
      shares.forEach((key, share) -> drawn.put(key, PRIOR * share / (tally.recovered + PRIOR)));
      boolean widest = shares.isEmpty();
      for (Map.Entry<String, Count> each : tally.remedies.entrySet()) {
        double cases = tally.recovered + (widest ? 0 : PRIOR);
        drawn.merge(each.getKey(), each.getValue().helped / cases, Double::sum);
      }
      shares = drawn;
    }
    List<Offer> offers = new ArrayList<>();
    for (Map.Entry<String, Double> each : shares.entrySet()) {
      Count count = narrowest(known, each.getKey());
      ErrorCase newest = count == null ? null : count.newest;
      if (count != null && newest != null && each.getValue() >= least) {
        offers.add(
            new Offer(
                Remedy.ofKey(each.getKey()),
                count.helped,
                count.failed,
                count.sessions.size(),
                each.getValue(),
                newest));
      }
    }
    offers.sort(
        Comparator.comparingDouble(Offer::share)
            .reversed()
            .thenComparing(offer -> offer.remedy().key()));
    return List.copyOf(offers.subList(0, Math.min(limit, offers.size())));
  }

  /** The counts of the narrowest class in which it helped. */
  private static @Nullable Count narrowest(List<Tally> known, String key) {
    for (Tally tally : known) {
      Count count = tally.remedies.get(key);
      if (count != null && count.helped > 0) {
        return count;
      }
    }
    return null;
  }
}
