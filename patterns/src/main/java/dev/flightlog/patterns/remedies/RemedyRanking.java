package dev.flightlog.patterns.remedies;

import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.templates.MessageSignature;
import dev.flightlog.wording.Order;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 *   commands that check, such as tests       whatever they print
 *   tool and error type                      unless the type says nothing, such as exit_code_1
 * </pre>
 *
 * The share of a remedy in a narrow class is drawn towards its share in the wider one as if {@value
 * #PRIOR} more cases were known (a Dirichlet prior), so that one odd case does not outrank what
 * helps always. A class of which no case was ever recovered has no remedy, whatever wider ones say.
 *
 * <p>For one thread while it learns, for many thereafter.
 */
public final class RemedyRanking {
  private static final double PRIOR = 2;

  /** A wider class speaks for one never met only with so many recoveries, and this share of all. */
  private static final int ENOUGH = 8;

  private static final double MOSTLY = 0.85;

  /** A remedy with a smaller share of the recoveries is not worth trying. */
  private static final double LEAST = 0.03;

  private final Map<String, Tally> tallies = new HashMap<>();

  /** How a change did in a class of errors. */
  private static final class Count {
    final Occurrences.Counter helped = new Occurrences.Counter();
    final Deque<String> counterexamples = new ArrayDeque<>();
    int failed;
    @Nullable ErrorFact newest;
  }

  private static final class Tally {
    final String name;
    int decided;
    int recovered;
    final Set<String> sessions = new HashSet<>();
    final Map<String, Count> changes = new HashMap<>();

    Tally(String name) {
      this.name = name;
    }
  }

  /** Learns from cases; those whose end nobody knows only count as tried. */
  public RemedyRanking learn(Iterable<ErrorFact> cases) {
    for (ErrorFact each : cases) {
      for (String level : levels(each)) {
        learn(each, tallies.computeIfAbsent(level, Tally::new));
      }
    }
    return this;
  }

  private static void learn(ErrorFact each, Tally tally) {
    tally.decided += each.isDecided() ? 1 : 0;
    for (Change tried : each.tried()) {
      Count count = tally.changes.computeIfAbsent(tried.key(), name -> new Count());
      count.failed++;
      count.counterexamples.addLast(each.id());
      if (count.counterexamples.size() > Occurrences.MOST_EVIDENCE) {
        count.counterexamples.removeFirst();
      }
    }
    Change change = each.change();
    if (change != null) {
      tally.recovered++;
      tally.sessions.add(each.session());
      Count count = tally.changes.computeIfAbsent(change.key(), name -> new Count());
      count.helped.add(each.occasion(), each.id());
      ErrorFact newest = count.newest;
      if (newest == null || newest.micros() <= each.micros()) {
        count.newest = each;
      }
    }
  }

  /** From narrow to wide. */
  private static List<String> levels(ErrorFact of) {
    List<String> levels = new ArrayList<>();
    levels.add("1\n" + of.tool() + '\n' + of.errorType() + '\n' + of.template());
    if (!of.program().isEmpty()) {
      levels.add("2\n" + of.tool() + '\n' + of.program() + '\n' + of.errorType());
      if (CheckCommands.is(of.program())) {
        levels.add("3\nchecks");
      }
      if (of.isException()) {
        levels.add("3\nexceptions");
      }
    }
    if (!of.isVague()) {
      levels.add("3\n" + of.tool() + '\n' + of.errorType());
    }
    return levels;
  }

  /**
   * What helped among these cases, taken as one class; the most frequent first.
   *
   * @param errorClass how the class is named
   */
  public static List<Remedy> among(String errorClass, Iterable<ErrorFact> cases, int limit) {
    Tally tally = new Tally(errorClass);
    for (ErrorFact each : cases) {
      learn(each, tally);
    }
    return tally.recovered == 0 ? List.of() : offers(List.of(tally), 0, limit);
  }

  /**
   * What helped after errors like this message, at most {@code limit}: those that {@link
   * ErrorLookup} finds, and where they are few what helped in their wider classes.
   */
  public static List<Remedy> forMessage(String message, List<ErrorFact> all, int limit) {
    List<ErrorFact> found = ErrorLookup.find(message, all).errors();
    return found.isEmpty() ? List.of() : forErrors(found.getFirst().label(), found, all, limit);
  }

  /** What helped after these errors, at most {@code limit}; where that is little, after others. */
  public static List<Remedy> forErrors(
      String errorClass, List<ErrorFact> errors, List<ErrorFact> all, int limit) {
    List<Remedy> remedies = new ArrayList<>(among(errorClass, errors, limit));
    Set<String> keys = new HashSet<>();
    remedies.forEach(each -> keys.add(each.change().key()));
    for (Remedy wider : new RemedyRanking().learn(all).offers(newest(errors), limit)) {
      if (remedies.size() < limit && keys.add(wider.change().key())) {
        remedies.add(wider);
      }
    }
    return List.copyOf(remedies);
  }

  private static ErrorFact newest(List<ErrorFact> errors) {
    ErrorFact newest = errors.getFirst();
    for (ErrorFact each : errors) {
      newest = each.micros() >= newest.micros() ? each : newest;
    }
    return newest;
  }

  /** The most likely first, at most {@code limit}; empty when nothing is known to help. */
  public List<Remedy> offers(ErrorFact error, int limit) {
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

  private static List<Remedy> offers(List<Tally> known, double least, int limit) {
    Map<String, Double> shares = new HashMap<>();
    for (Tally tally : known.reversed()) {
      Map<String, Double> drawn = new HashMap<>();
      shares.forEach((key, share) -> drawn.put(key, PRIOR * share / (tally.recovered + PRIOR)));
      boolean widest = shares.isEmpty();
      for (Map.Entry<String, Count> each : tally.changes.entrySet()) {
        double cases = tally.recovered + (widest ? 0 : PRIOR);
        drawn.merge(each.getKey(), each.getValue().helped.count() / cases, Double::sum);
      }
      shares = drawn;
    }
    List<Remedy> offers = new ArrayList<>();
    for (Map.Entry<String, Double> each : shares.entrySet()) {
      Remedy remedy = narrowest(known, each.getKey(), each.getValue());
      if (remedy != null && each.getValue() >= least) {
        offers.add(remedy);
      }
    }
    offers.sort(
        Order.comparingDouble(Remedy::share)
            .reversed()
            .thenComparing(offer -> offer.change().key()));
    return List.copyOf(offers.subList(0, Math.min(limit, offers.size())));
  }

  /** As the narrowest class in which it helped knows it; null when it helped in none. */
  private static @Nullable Remedy narrowest(List<Tally> known, String key, double share) {
    for (Tally tally : known) {
      Count count = tally.changes.get(key);
      ErrorFact newest = count == null ? null : count.newest;
      if (count != null && newest != null) {
        return new Remedy(
            MessageSignature.id(tally.name + '\n' + key),
            tally.name,
            Change.ofKey(key),
            count.helped.total(),
            count.failed,
            share,
            newest,
            List.copyOf(count.counterexamples));
      }
    }
    return null;
  }
}
