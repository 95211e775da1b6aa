package dev.flightlog.analysis.runs;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.event.Category;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import java.util.List;
import java.util.Set;

/** The events that the logs of runs leave behind, and what is measured of them. */
final class RunEvents {
  static final String STARTED = "run_started";
  static final String FINISHED = "run_finished";
  static final String MODEL = "run_model";

  static final Attribute RUN = Attribute.of(Field.RUN_ID);

  static final Dimension BY_FRAMEWORK = Dimension.detail("framework");
  static final Dimension BY_RUN = Dimension.of(Field.RUN_ID);
  static final Dimension BY_STEP = Dimension.of(Field.STEP);

  /** What tells how far runs and steps are; sums know how many there are, and since when. */
  static final Filter MARKS =
      Filter.in(
          Attribute.of(Field.EVENT_TYPE),
          Set.of(STARTED, FINISHED, MODEL, "step_started", "step_finished"));

  /** What tells how far runs are. */
  static final Filter OF_RUNS =
      Filter.in(Attribute.of(Field.EVENT_TYPE), Set.of(STARTED, FINISHED, MODEL));

  static final Filter IN_RUNS = Filter.not(Filter.absent(RUN));

  private static final Filter STEP_STARTED = Filter.is(Field.EVENT_TYPE, "step_started");
  private static final Filter STEP_FINISHED = Filter.is(Field.EVENT_TYPE, "step_finished");
  private static final Filter FAILED = Filter.is(Attribute.detail("status"), "failed");

  static final Measure BEGUN = Measure.count(STEP_STARTED);
  static final Measure ENDED = Measure.count(STEP_FINISHED);
  static final Measure LAST_BEGUN = Measure.last().where(STEP_STARTED);
  static final Measure LAST_SUCCEEDED =
      Measure.last().where(Filter.and(STEP_FINISHED, Filter.not(FAILED)));
  static final Measure LAST_FAILED = Measure.last().where(Filter.and(STEP_FINISHED, FAILED));
  static final Measure TIME = Measure.sum(Events.DURATION).where(STEP_FINISHED);
  static final Measure DETAIL_TIME =
      Measure.sum(Attribute.detail("duration_ms")).where(STEP_FINISHED);
  static final Measure RETRIES = Measure.count(Filter.is(Field.EVENT_TYPE, "retry"));
  static final Measure ERRORS =
      Measure.count(
          Filter.or(
              Filter.is(Attribute.detail("level"), "ERROR"),
              Filter.is(Field.CATEGORY, Category.ERROR.wireName())));
  static final Measure WARNINGS = Measure.count(Filter.is(Attribute.detail("level"), "WARNING"));

  static final List<Measure> MEASURES =
      List.of(
          Measures.EVENTS,
          Measures.FIRST,
          Measures.LAST,
          BEGUN,
          ENDED,
          LAST_BEGUN,
          LAST_SUCCEEDED,
          LAST_FAILED,
          TIME,
          DETAIL_TIME,
          RETRIES,
          ERRORS,
          WARNINGS);

  private RunEvents() {}
}
