package dev.flightlog.learning.outcomes;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.remedies.ToolCall;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.Optional;

/**
 * The calls that a rule is about, and how they fail. A call that a person or a hook refused did not
 * run and is none. Immutable.
 *
 * @param program of a shell; empty for every call of the tool
 * @param errorClass as {@link ErrorFact#label}
 */
public record CallClass(String tool, String program, String errorClass) {
  private static final String HOOK_BLOCKED = "hook_blocked";

  public static CallClass of(Rule rule) {
    return new CallClass(
        rule.opportunity().tool(), rule.opportunity().program(), rule.errorClass());
  }

  public static CallClass of(Trial trial) {
    return new CallClass(trial.tool(), trial.program(), trial.errorClass());
  }

  /**
   * A call that could have failed in the way of the rule.
   *
   * @param failed whether it did
   */
  record Opportunity(String id, long micros, boolean failed) {}

  /** The events among which its calls are. */
  Filter calls() {
    return Filter.and(
        Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL),
        Filter.is(Attribute.detail("tool"), tool));
  }

  /** What the event is to the rule; empty when it is no opportunity. */
  Optional<Opportunity> look(Event event) {
    ToolCall call = ToolCall.of(event);
    if (call == null
        || !call.tool().equals(tool)
        || event.flag(Field.SUCCESS) == null
        || call.errorType().equals(EventTypes.REJECTED)
        || call.errorType().equals(HOOK_BLOCKED)
        || !(program.isEmpty() || program.equals(call.signature()))) {
      return Optional.empty();
    }
    boolean failed =
        call.failed()
            && ErrorFact.label(call.tool(), call.errorType(), call.signature()).equals(errorClass);
    return Optional.of(new Opportunity(event.id(), event.micros(), failed));
  }
}
