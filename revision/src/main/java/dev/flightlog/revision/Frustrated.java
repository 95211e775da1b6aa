package dev.flightlog.revision;

import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.store.EventStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The sessions of a week in which a person corrected, refused, interrupted, repeated, or was
 * annoyed. Immutable.
 *
 * @param sessions in all
 */
record Frustrated(Set<String> frustrated, List<ErrorFact> errors, long sessions) {
  static final Set<InteractionKind> KINDS =
      Set.of(
          InteractionKind.FRUSTRATION,
          InteractionKind.CORRECTION,
          InteractionKind.INTERRUPTION,
          InteractionKind.REJECTION,
          InteractionKind.REPEAT);

  static Frustrated of(Week week, LearnedFacts learned, EventStore store) {
    Set<String> frustrated = new HashSet<>();
    for (InteractionFact each : Facts.of(week, learned.all(InteractionFact.class))) {
      if (KINDS.contains(each.kind())) {
        frustrated.add(each.session());
      }
    }
    return new Frustrated(
        frustrated,
        Facts.of(week, learned.all(ErrorFact.class)),
        WeekSums.of(week, store).sessions());
  }

  /**
   * How much more often people were content in sessions with such an error than in the others, as a
   * difference of shares from -1 to 1: below 0 where such an error and annoyance go together. 0
   * when one of the groups is empty. It tells no cause.
   */
  double delta(Predicate<ErrorFact> such) {
    Set<String> with = new HashSet<>();
    for (ErrorFact each : errors) {
      if (such.test(each)) {
        with.add(each.session());
      }
    }
    long without = sessions - with.size();
    if (with.isEmpty() || without <= 0) {
      return 0;
    }
    long both = with.stream().filter(frustrated::contains).count();
    double annoyedWithout = (double) (frustrated.size() - both) / without;
    return Math.clamp(annoyedWithout - (double) both / with.size(), -1, 1);
  }
}
