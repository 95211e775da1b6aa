package dev.flightlog.learning.rules;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.CheckFact;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.List;

/**
 * What rules are made from. Immutable.
 *
 * @param errors of calls
 * @param interactions what people had to do
 * @param checks how sessions ran tests, builds and linters
 * @param prompts how often people wrote something
 * @param prompted sessions in which they did
 */
public record Recurring(
    List<ErrorFact> errors,
    List<InteractionFact> interactions,
    List<CheckFact> checks,
    long prompts,
    long prompted) {
  public Recurring {
    errors = List.copyOf(errors);
    interactions = List.copyOf(interactions);
    checks = List.copyOf(checks);
  }

  /** Errors alone. */
  static Recurring of(List<ErrorFact> errors) {
    return new Recurring(errors, List.of(), List.of(), 0, 0);
  }

  /** Where facts are found. */
  public interface Facts {
    /** All of a kind, by session and time. */
    <F extends Fact> List<F> all(Class<F> kind);
  }

  /** These facts, and how many prompts the store has. Blocks; fails as the store does. */
  public static Recurring of(Facts facts, EventStore store) {
    Row prompts =
        store
            .aggregate(
                Aggregate.of(
                    Filter.is(Field.EVENT_TYPE, EventTypes.USER_PROMPT),
                    Measure.count(),
                    Measure.distinct(Attribute.of(Field.SESSION_ID))))
            .getFirst();
    return new Recurring(
        facts.all(ErrorFact.class),
        facts.all(InteractionFact.class),
        facts.all(CheckFact.class),
        prompts.whole(0),
        prompts.whole(1));
  }

  /** Prompts that could correct something. */
  long laterPrompts() {
    return Math.max(0, prompts - prompted);
  }
}
