package dev.flightlog.learning.outcomes;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.rules.Measure;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.interactions.SessionPrompts;
import dev.flightlog.patterns.remedies.ToolCall;
import dev.flightlog.patterns.remedies.UnchangedRuns;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What of a session could have gone wrong in the way of a rule, and what did: calls of tools, runs
 * of a check, or prompts, as its measure says. A call that a person or a hook refused did not run
 * and is none. Immutable.
 *
 * @param tools whose calls count; empty where it is not calls
 * @param program of a shell; empty for every call of the tools
 * @param classes what went wrong, each as {@link Rule#errorClasses} names it
 */
public record Opportunities(
    Measure measure, SortedSet<String> tools, String program, SortedSet<String> classes) {
  private static final String HOOK_BLOCKED = "hook_blocked";

  public static Opportunities of(Rule rule) {
    return new Opportunities(
        rule.measure(),
        rule.opportunity().tools(),
        rule.opportunity().program(),
        rule.errorClasses());
  }

  public static Opportunities of(Trial trial) {
    return new Opportunities(trial.measure(), trial.tools(), trial.program(), trial.errorClasses());
  }

  /**
   * One of them.
   *
   * @param failed whether it went wrong
   */
  record Opportunity(String id, long micros, boolean failed) {}

  /** Reads one session. For one thread. */
  interface Reader {
    /** The next event of the session, by time; empty when it is no opportunity. */
    Optional<Opportunity> see(Event event);
  }

  /** The events that a reader has to see. */
  Filter events() {
    return switch (measure) {
      case ERRORS ->
          Filter.and(
              Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL),
              Filter.in(Attribute.detail("tool"), tools));
      case RERUNS ->
          Filter.in(
              Attribute.of(Field.EVENT_TYPE),
              List.of(EventTypes.TOOL_CALL, EventTypes.USER_PROMPT));
      case CORRECTIONS -> Filter.is(Field.EVENT_TYPE, EventTypes.USER_PROMPT);
      case QUESTIONS ->
          Filter.or(
              Filter.in(
                  Attribute.of(Field.EVENT_TYPE),
                  List.of(EventTypes.USER_PROMPT, EventTypes.HUMAN_CLARIFICATION_NEEDED)),
              Filter.and(
                  Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL),
                  Filter.is(Attribute.detail("tool"), SessionPrompts.QUESTION)));
      case NOTHING -> Filter.NOTHING;
    };
  }

  /** Begins a session. */
  Reader reader() {
    return switch (measure) {
      case ERRORS -> this::call;
      case RERUNS -> {
        UnchangedRuns runs = new UnchangedRuns();
        yield event -> runs.see(event).flatMap(run -> run(event, run));
      }
      case CORRECTIONS -> {
        SessionPrompts prompts = new SessionPrompts();
        yield event -> prompts.see(event).flatMap(this::correction);
      }
      case QUESTIONS -> {
        SessionPrompts prompts = new SessionPrompts();
        yield event -> turn(event, prompts);
      }
      case NOTHING -> _ -> Optional.empty();
    };
  }

  private Optional<Opportunity> call(Event event) {
    ToolCall call = ToolCall.of(event);
    if (call == null
        || !tools.contains(call.tool())
        || event.flag(Field.SUCCESS) == null
        || isRefused(call)
        || !(program.isEmpty() || program.equals(call.signature()))) {
      return Optional.empty();
    }
    boolean failed =
        call.failed()
            && classes.contains(ErrorFact.label(call.tool(), call.errorType(), call.signature()));
    return Optional.of(new Opportunity(event.id(), event.micros(), failed));
  }

  private static boolean isRefused(ToolCall call) {
    return call.errorType().equals(EventTypes.REJECTED) || call.errorType().equals(HOOK_BLOCKED);
  }

  private Optional<Opportunity> run(Event event, UnchangedRuns.Run run) {
    ToolCall call = run.call();
    boolean ours = tools.contains(call.tool()) && program.equals(call.signature());
    return ours && !isRefused(call)
        ? Optional.of(new Opportunity(event.id(), event.micros(), run.unchanged()))
        : Optional.empty();
  }

  private Optional<Opportunity> correction(SessionPrompts.Prompt prompt) {
    return prompt.isFirst()
        ? Optional.empty()
        : Optional.of(
            new Opportunity(
                prompt.event().id(),
                prompt.event().micros(),
                prompt.correction().filter(kind -> classes.contains(kind.label())).isPresent()));
  }

  /** A prompt, or a question on the topic. */
  private Optional<Opportunity> turn(Event event, SessionPrompts prompts) {
    boolean asked =
        SessionPrompts.question(event).filter(topic -> classes.contains(topic.label())).isPresent();
    return asked || prompts.see(event).isPresent()
        ? Optional.of(new Opportunity(event.id(), event.micros(), asked))
        : Optional.empty();
  }
}
