package dev.flightlog.patterns.interactions;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.FactCollector;
import dev.flightlog.patterns.digest.SessionObserver;
import dev.flightlog.patterns.digest.SessionWatch;
import dev.flightlog.patterns.facts.FactText;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.List;

/**
 * Finds in each session what a person had to do. The facts are {@link InteractionFact}s.
 *
 * <p>Stateless.
 */
public final class InteractionObserver implements SessionObserver {
  public static final String NAME = FactText.name(InteractionFact.class);

  /** The tools that ask a person. */
  static final List<String> ASKING = List.of("AskUserQuestion", "ExitPlanMode", "exit_plan_mode");

  private static final Filter WANTED =
      Filter.or(
          Filter.in(
              Attribute.of(Field.EVENT_TYPE),
              List.of(
                  EventTypes.USER_PROMPT,
                  EventTypes.USER_INTERRUPT,
                  EventTypes.TOOL_REJECTED,
                  EventTypes.HUMAN_CLARIFICATION_NEEDED)),
          Filter.and(
              Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL),
              Filter.in(Attribute.detail("tool"), ASKING)));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 5;
  }

  @Override
  public Filter wanted() {
    return WANTED;
  }

  @Override
  public SessionWatch watch(String session, FactCollector facts) {
    return new InteractionWatch(session, facts);
  }
}
