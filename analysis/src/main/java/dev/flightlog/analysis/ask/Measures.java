package dev.flightlog.analysis.ask;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;

/** What questions measure, by name; a {@link Group} is read by the same objects. */
public final class Measures {
  public static final Measure EVENTS = Measure.count();
  public static final Measure SESSIONS = Measure.distinct(Events.SESSION);
  public static final Measure FIRST = Measure.first();
  public static final Measure LAST = Measure.last();

  public static final Measure TOOL_CALLS = Measure.count(Events.TOOL_CALLS);

  /** Tool calls whose result is known. */
  public static final Measure RESULTS = Measure.count(Events.RESULTS);

  /** Tool calls that failed, refused ones left out. */
  public static final Measure FAILED = Measure.count(Events.FAILED_TOOL_CALLS);

  /** Tool calls that a person refused. */
  public static final Measure REJECTED = Measure.count(Events.REJECTED);

  public static final Measure ERRORS = Measure.count(Events.ERRORS);
  public static final Measure CLARIFICATIONS =
      Measure.count(Filter.is(Field.EVENT_TYPE, EventTypes.HUMAN_CLARIFICATION_NEEDED));

  /** Events with a duration; the next four in milliseconds. */
  public static final Measure TIMED = Measure.countOf(Events.DURATION);

  public static final Measure TIME = Measure.sum(Events.DURATION);
  public static final Measure AVERAGE = Measure.average(Events.DURATION);
  public static final Measure P95 = Measure.percentile(Events.DURATION, 0.95);
  public static final Measure LONGEST = Measure.max(Events.DURATION);

  /** Milliseconds in which a person was waited for, as far as it is known. */
  public static final Measure WAITING = Measure.sum(Events.WAITING);

  /** Events of which it is known how much of their time was waiting. */
  public static final Measure SPLIT = Measure.countOf(Events.WAITING);

  public static final Measure MODEL_CALLS = Measure.count(Events.MODEL_CALLS);
  public static final Measure TOKENS = Measure.sum(Events.TOKENS);

  /** US dollars, as far as they are known. */
  public static final Measure COST = Measure.sum(Events.COST);

  /** Model calls whose cost is known. */
  public static final Measure PRICED = Measure.countOf(Events.COST).where(Events.MODEL_CALLS);

  private Measures() {}
}
