package dev.flightlog.analysis.ask;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import java.util.Set;

/** Which events count as what: attributes, groups and filters that questions share. */
public final class Events {
  /** The agent of what Flightlog itself learns, which is nobody's session. */
  public static final String OURSELVES = "flightlog";

  public static final Attribute TOOL = Attribute.detail("tool");
  public static final Attribute MODEL = Attribute.detail("model");
  public static final Attribute ERROR_TYPE = Attribute.detail("error_type");
  public static final Attribute COST = Attribute.detail("cost_usd");
  public static final Attribute DURATION = Attribute.of(Field.DURATION_MS);
  public static final Attribute WAITING = Attribute.detail("waiting_ms");
  public static final Attribute TOKENS = Attribute.of(Field.TOKENS_USED);
  public static final Attribute SESSION = Attribute.of(Field.SESSION_ID);

  public static final Filter TOOL_CALLS = Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL);
  public static final Filter MODEL_CALLS = Filter.is(Field.EVENT_TYPE, EventTypes.MODEL_CALL);

  /** Calls that a person refused: not the tool's error. */
  public static final Filter REJECTED =
      Filter.and(
          TOOL_CALLS, Filter.is(Field.SUCCESS, false), Filter.is(ERROR_TYPE, EventTypes.REJECTED));

  /** Calls that failed, those a person refused left out. */
  public static final Filter FAILED_TOOL_CALLS =
      Filter.and(
          TOOL_CALLS,
          Filter.is(Field.SUCCESS, false),
          Filter.not(Filter.is(ERROR_TYPE, EventTypes.REJECTED)));

  /** Calls whose result is known: the opportunities of a tool to fail. */
  public static final Filter RESULTS =
      Filter.and(TOOL_CALLS, Filter.not(Filter.absent(Attribute.of(Field.SUCCESS))));

  /**
   * Types of events whose time holds the time of others that are recorded too, or no work at all:
   * to add it up would count hours twice.
   */
  public static final Set<String> CONTAINERS =
      Set.of(
          EventTypes.AGENT_FINISHED,
          EventTypes.TASK_OUTCOME,
          EventTypes.RECORDER_GAP,
          "turn_duration");

  /** Events that are none of {@link #CONTAINERS}. */
  public static final Filter WORK =
      Filter.not(Filter.in(Attribute.of(Field.EVENT_TYPE), CONTAINERS));

  /** What {@code errors} counts. */
  public static final Filter ERRORS =
      Filter.or(
          FAILED_TOOL_CALLS,
          Filter.and(MODEL_CALLS, Filter.is(Field.SUCCESS, false)),
          Filter.is(Field.CATEGORY, Category.ERROR.wireName()));

  public static final Dimension BY_PROJECT = Dimension.of(Field.PROJECT);
  public static final Dimension BY_MACHINE = Dimension.detail(Attribute.MACHINE.key());
  public static final Dimension BY_PERSON = Dimension.detail(Attribute.PERSON.key());
  public static final Dimension BY_SESSION = Dimension.of(Field.SESSION_ID);
  public static final Dimension BY_STORY = Dimension.of(Field.STORY_ID);
  public static final Dimension BY_AGENT = Dimension.of(Field.AGENT_NAME);
  public static final Dimension BY_TYPE = Dimension.of(Field.EVENT_TYPE);
  public static final Dimension BY_TOOL = new Dimension.ByAttribute(TOOL);
  public static final Dimension BY_MODEL = new Dimension.ByAttribute(MODEL);
  public static final Dimension BY_ERROR_TYPE = new Dimension.ByAttribute(ERROR_TYPE);

  /** What agents, people and programs did: not what Flightlog itself learnt from it. */
  public static final Filter OF_OTHERS =
      Filter.not(Filter.is(Attribute.of(Field.AGENT_NAME), OURSELVES));

  private Events() {}
}
