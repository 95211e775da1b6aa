package dev.flightlog.patterns.failure;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of one session or task as steps in order. Where events tell no step, each call and
 * each message is a step of its own, numbered from 0. Immutable once made.
 */
public final class Trajectory {
  /** The types of events that tell of a run. */
  public static final List<String> TYPES =
      List.of(
          EventTypes.USER_PROMPT,
          EventTypes.TASK_REQUEST,
          "agent_message",
          EventTypes.TOOL_CALL,
          EventTypes.TASK_OUTCOME,
          EventTypes.AGENT_FINISHED);

  private final TreeMap<Long, TrajectoryStep> steps = new TreeMap<>();
  private final Set<String> executors = new HashSet<>();
  private String request = "";
  private @Nullable Boolean succeeded;
  private final Set<String> madeGood;
  private int failedCalls;
  private int recoveredCalls;
  private int calls;

  private Trajectory(Set<String> madeGood) {
    this.madeGood = Set.copyOf(madeGood);
  }

  /**
   * The run that these events tell, oldest first.
   *
   * @param madeGood events of errors after which the same intent succeeded
   */
  public static Trajectory of(List<Event> events, Set<String> madeGood) {
    Trajectory run = new Trajectory(madeGood);
    boolean numbered = false;
    for (Event event : events) {
      numbered |= acts(event) && event.integer(Field.STEP) != null;
    }
    long place = 0;
    for (Event event : events) {
      Long told = event.integer(Field.STEP);
      if (acts(event)) {
        long number = numbered && told != null ? told : place;
        run.add(event, number);
        place = Math.max(place, number + 1);
      } else {
        run.about(event);
      }
    }
    run.outcome(events);
    return run;
  }

  private static boolean acts(Event event) {
    return event.eventType().equals(EventTypes.TOOL_CALL)
        || event.eventType().equals("agent_message");
  }

  private void add(Event event, long number) {
    TrajectoryStep step = steps.get(number);
    if (step == null) {
      step = new TrajectoryStep(number);
      steps.put(number, step);
    }
    String agent = event.text(Field.AGENT_NAME);
    if (!event.eventType().equals(EventTypes.TOOL_CALL)) {
      step.says(agent, text(event.details().get("text")));
      return;
    }
    Boolean success = event.flag(Field.SUCCESS);
    boolean rejected = EventTypes.REJECTED.equals(event.detail("error_type"));
    Number answered = event.detailNumber("result_step");
    String tool = event.detail("tool");
    calls++;
    boolean failed = Boolean.FALSE.equals(success) && !rejected;
    boolean recovered = failed && madeGood.contains(event.id());
    failedCalls += failed && !recovered ? 1 : 0;
    recoveredCalls += recovered ? 1 : 0;
    if (tool != null && answered != null) {
      executors.add(tool);
    }
    step.calls(
        agent,
        new TrajectoryStep.Call(
            tool,
            text(event.details().get("input")),
            text(event.details().get("output")),
            rejected || recovered ? null : success,
            event.detail("error_type"),
            answered == null ? number : answered.longValue()));
  }

  private void about(Event event) {
    String type = event.eventType();
    boolean asks = type.equals(EventTypes.USER_PROMPT) || type.equals(EventTypes.TASK_REQUEST);
    if (asks && request.isEmpty()) {
      for (String key : new String[] {"text", "prompt", "request", "message"}) {
        request = request.isEmpty() ? text(event.details().get(key)) : request;
      }
    }
  }

  /** The last outcome that was told of the whole; that of one agent among several is none. */
  private void outcome(List<Event> events) {
    String best = "";
    for (Event event : events) {
      String type = event.eventType();
      boolean outcome = type.equals(EventTypes.TASK_OUTCOME);
      boolean finished = type.equals(EventTypes.AGENT_FINISHED) && isWhole(event);
      if ((outcome || finished)
          && event.flag(Field.SUCCESS) != null
          && (outcome || !best.equals(EventTypes.TASK_OUTCOME))) {
        best = type;
        succeeded = event.flag(Field.SUCCESS);
      }
    }
  }

  /** True for the end of the main agent, or of the only one. */
  private boolean isWhole(Event event) {
    String agent = event.text(Field.AGENT_NAME);
    return agent == null || agent.equals("main") || agents().equals(Set.of(agent));
  }

  private static String text(@Nullable Object value) {
    return value == null
        ? ""
        : value instanceof String text ? text : new JsonWriter().value(value).toString();
  }

  /** All steps, also those in which only a machine answered. */
  List<TrajectoryStep> steps() {
    return List.copyOf(steps.values());
  }

  /** The steps of agents that say or do something; a program that only runs code is none. */
  List<TrajectoryStep> acting() {
    List<TrajectoryStep> acting = new ArrayList<>();
    for (TrajectoryStep step : steps.values()) {
      String agent = step.agent();
      if (step.isSubstantial() && (agent == null || !executors.contains(agent))) {
        acting.add(step);
      }
    }
    return acting;
  }

  /** What was asked for; empty when the record does not tell. */
  String request() {
    return request;
  }

  /** Whether it ended well, by its own record; null when that is not told. */
  public @Nullable Boolean succeeded() {
    return succeeded;
  }

  /** How many tool calls failed and were not made good, those a person refused left out. */
  public int failedCalls() {
    return failedCalls;
  }

  /** How many tool calls failed and were made good. */
  public int recoveredCalls() {
    return recoveredCalls;
  }

  public int callCount() {
    return calls;
  }

  public int stepCount() {
    return steps.size();
  }

  /** The agents that act, each once. */
  public Set<String> agents() {
    Set<String> agents = new HashSet<>();
    for (TrajectoryStep step : acting()) {
      String agent = step.agent();
      if (agent != null) {
        agents.add(agent);
      }
    }
    return agents;
  }

  /** Who acted at a step; null when it is not known. */
  public @Nullable String agentOf(long number) {
    TrajectoryStep step = steps.get(number);
    return step == null ? null : step.agent();
  }

  Map<Long, TrajectoryStep> byNumber() {
    return steps;
  }
}
