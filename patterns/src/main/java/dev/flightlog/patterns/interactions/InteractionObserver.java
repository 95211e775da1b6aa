package dev.flightlog.patterns.interactions;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.SessionFacts;
import dev.flightlog.patterns.digest.SessionObserver;
import dev.flightlog.patterns.digest.SessionWatch;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.List;

/**
 * Finds in each session what a person had to do. A fact's values are the kind, its reason, the
 * milliseconds that were waited, and the head of what was said:
 *
 * <pre>
 *   clarification  the reason told, or the heading of the question asked
 *   approval       the tool or thing that waited for it
 *   correction, frustration, repeat
 *   interruption
 *   rejection      the tool
 * </pre>
 *
 * <p>Stateless.
 */
public final class InteractionObserver implements SessionObserver {
  public static final String NAME = "interactions";

  public static final int KIND = 0;
  public static final int REASON = 1;
  public static final int WAITED = 2;
  public static final int SAID = 3;

  public static final String CLARIFICATION = "clarification";
  public static final String APPROVAL = "approval";
  public static final String CORRECTION = "correction";
  public static final String FRUSTRATION = "frustration";
  public static final String INTERRUPTION = "interruption";
  public static final String REJECTION = "rejection";
  public static final String REPEAT = "repeat";

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
    return 1;
  }

  @Override
  public Filter wanted() {
    return WANTED;
  }

  @Override
  public SessionWatch watch(String session, SessionFacts facts) {
    return new InteractionWatch(facts);
  }
}
