package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.errors.ErrorCount.ErrorClass;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.remedies.Remedy;
import dev.flightlog.patterns.remedies.RemedyRanking;
import dev.flightlog.wording.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What sessions tell of errors besides their number: programs, messages, what made it work. */
final class ErrorDetails {
  /** Beyond so many events sessions are not looked at for a question about numbers. */
  private static final long MOST_EVENTS = 200_000;

  private static final int PROGRAMS = 3;

  private ErrorDetails() {}

  /**
   * Of one class.
   *
   * @param programs the most frequent, where the error type says nothing; else null
   */
  record Seen(@Nullable String programs, @Nullable String message, @Nullable String fix) {
    String words() {
      return (message == null ? "" : '"' + SafeText.sentence(message, 100, 25) + '"')
          + (message == null || fix == null ? "" : "; ")
          + (fix == null ? "" : "helped: " + SafeText.sentence(fix, 80, 20));
    }
  }

  /** By class, see {@link #key}; empty when there are too many events. */
  static Map<String, Seen> of(Selection selection) {
    Map<String, Seen> all = new HashMap<>();
    if (selection.events() > MOST_EVENTS) {
      return all;
    }
    Map<String, List<ErrorFact>> byClass = new HashMap<>();
    for (ErrorFact fact : ErrorCases.of(selection, selection.learning().facts())) {
      String key = fact.tool() + '\n' + fact.errorType();
      byClass.computeIfAbsent(key, _ -> new ArrayList<>()).add(fact);
    }
    byClass.forEach((key, facts) -> all.put(key, seen(facts)));
    all.values().removeIf(seen -> seen.message() == null && seen.fix() == null);
    return all;
  }

  /** The class as facts of sessions name it. */
  static String key(ErrorClass of) {
    String tool = of.isOfTool() ? of.tool() : "";
    String type = of.errorType() == null ? of.type() : of.errorType();
    return tool + '\n' + type;
  }

  private static Seen seen(List<ErrorFact> facts) {
    Map<String, Integer> programs = new HashMap<>();
    ErrorFact newest = facts.getFirst();
    for (ErrorFact fact : facts) {
      newest = fact.micros() > newest.micros() ? fact : newest;
      if (fact.isVague() && !fact.program().isEmpty()) {
        programs.merge(fact.program(), 1, Integer::sum);
      }
    }
    List<String> names = new ArrayList<>(programs.keySet());
    names.sort((a, b) -> {
      int order = Integer.compare(programs.getOrDefault(b, 0), programs.getOrDefault(a, 0));
      return order == 0 ? a.compareTo(b) : order;
    });
    List<Remedy> remedies = RemedyRanking.among(newest.label(), facts, 1);
    String message = newest.message().isBlank() ? null : newest.message();
    return new Seen(
        names.isEmpty()
            ? null
            : String.join(", ", names.subList(0, Math.min(PROGRAMS, names.size()))),
        message,
        remedies.isEmpty() ? null : remedies.getFirst().change().words(20));
  }
}
