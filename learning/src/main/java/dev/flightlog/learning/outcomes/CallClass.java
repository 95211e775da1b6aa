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
import java.util.SortedSet;

/**
 * The calls that a rule is about, and how they fail. A call that a person or a hook refused did not
 * run and is none. Immutable.
 *
 * @param program of a shell; empty for every call of the tools
 * @param errorClasses each as {@link ErrorFact#label}
 */
public record CallClass(SortedSet<String> tools, String program, SortedSet<String> errorClasses) {
  private static final String HOOK_BLOCKED = "hook_blocked";

  public static CallClass of(Rule rule) {
    return new CallClass(
        rule.opportunity().tools(), rule.opportunity().program(), rule.errorClasses());
  }

  public static CallClass of(Trial trial) {
    return new CallClass(trial.tools(), trial.program(), trial.errorClasses());
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
        Filter.in(Attribute.detail("tool"), tools));
  }

  /** What the event is to the rule; empty when it is no opportunity. */
  Optional<Opportunity> look(Event event) {
    ToolCall call = ToolCall.of(event);
    if (call == null
        || !tools.contains(call.tool())
        || event.flag(Field.SUCCESS) == null
        || call.errorType().equals(EventTypes.REJECTED)
        || call.errorType().equals(HOOK_BLOCKED)
        || !(program.isEmpty() || program.equals(call.signature()))) {
      return Optional.empty();
    }
    boolean failed =
        call.failed()
            && errorClasses.contains(
                ErrorFact.label(call.tool(), call.errorType(), call.signature()));
    return Optional.of(new Opportunity(event.id(), event.micros(), failed));
  }
}
