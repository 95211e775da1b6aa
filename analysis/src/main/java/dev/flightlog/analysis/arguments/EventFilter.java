package dev.flightlog.analysis.arguments;

import dev.flightlog.event.Category;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What chooses events where they are shown one by one, beside what narrows any question. Immutable.
 *
 * @param session only of this session
 * @param workflow only of this workflow
 * @param task only of this task
 * @param type only of this event type
 * @param category only of this category
 * @param tool only calls of this tool
 * @param run only of the run of this id
 * @param step only of the step of this number
 * @param component only what this component of a run logged
 * @param failed true for only what failed
 */
public record EventFilter(
    @Nullable String session,
    @Nullable String workflow,
    @Nullable String task,
    @Nullable String type,
    @Nullable String category,
    @Nullable String tool,
    @Nullable String run,
    @Nullable Long step,
    @Nullable String component,
    boolean failed) {

  /** Every event. */
  public static final EventFilter NONE =
      new EventFilter(null, null, null, null, null, null, null, null, null, false);

  private static final NamedArgument SESSION =
      NamedArgument.text("session", "SESSION", "only of this session");
  private static final NamedArgument WORKFLOW =
      NamedArgument.text("workflow", "WORKFLOW", "only of this workflow");
  private static final NamedArgument TASK = NamedArgument.text("task", "TASK", "only of this task");
  private static final NamedArgument TYPE =
      NamedArgument.text("type", "TYPE", "only of this event type: tool_call, user_prompt");
  private static final NamedArgument CATEGORY =
      NamedArgument.choice(
          "category",
          "C",
          "only of this category",
          Arrays.stream(Category.values()).map(Category::wireName).toList());
  private static final NamedArgument TOOL =
      NamedArgument.text("tool", "TOOL", "only calls of this tool");
  private static final NamedArgument RUN =
      NamedArgument.text("run", "RUN", "only of the run of this id");
  private static final NamedArgument STEP =
      NamedArgument.text("step", "N", "only of the step of this number");
  private static final NamedArgument COMPONENT =
      NamedArgument.text("component", "C", "only of this component of a run");
  private static final NamedArgument FAILED = NamedArgument.flag("failed", "only what failed");

  /** Its arguments. */
  public static final List<NamedArgument> ARGUMENTS =
      List.of(SESSION, WORKFLOW, TASK, TYPE, CATEGORY, TOOL, RUN, STEP, COMPONENT, FAILED);

  /** All that chooses events: {@link Narrowing#CHOOSING} and its own. */
  public static final List<NamedArgument> ALL = all();

  private static List<NamedArgument> all() {
    List<NamedArgument> all = new ArrayList<>(Narrowing.CHOOSING);
    all.addAll(ARGUMENTS);
    return List.copyOf(all);
  }

  /**
   * Reads its arguments by their names.
   *
   * @throws QuestionException when one is none of what it may be
   */
  public static EventFilter of(NamedArgument.Values values, Reader reader) {
    return new EventFilter(
        SESSION.textOf(values),
        WORKFLOW.textOf(values),
        TASK.textOf(values),
        TYPE.textOf(values),
        CATEGORY.choiceOf(values, reader),
        TOOL.textOf(values),
        RUN.textOf(values),
        STEP.numberOf(values, reader),
        COMPONENT.textOf(values),
        FAILED.flagOf(values, reader));
  }

  /**
   * The filter that all of {@link #ALL} mean together.
   *
   * @param dates the reader's zone unless the arguments name another
   * @param now in microseconds since 1970
   * @throws QuestionException when one is none of what it may be
   */
  public static Filter filter(NamedArgument.Values values, Reader reader, Dates dates, long now) {
    Narrowing narrowing = Narrowing.of(values, reader);
    return Filter.and(
        narrowing.filter(narrowing.dates(dates), now, reader), of(values, reader).filter());
  }

  /** The filter that its own arguments mean. */
  public Filter filter() {
    List<Filter> all = new ArrayList<>();
    add(all, Field.SESSION_ID, session);
    add(all, Field.WORKFLOW_ID, workflow);
    add(all, Field.TASK_ID, task);
    add(all, Field.EVENT_TYPE, type);
    add(all, Field.CATEGORY, category);
    add(all, Attribute.detail("tool"), tool);
    add(all, Field.RUN_ID, run);
    add(all, Field.COMPONENT, component);
    if (step != null) {
      all.add(new Filter.Between(Attribute.of(Field.STEP), step, step + 1.0));
    }
    if (failed) {
      all.add(
          Filter.or(
              Filter.is(Field.SUCCESS, false),
              Filter.is(Field.CATEGORY, Category.ERROR.wireName())));
    }
    return Filter.and(all);
  }

  private static void add(List<Filter> all, Attribute attribute, @Nullable String value) {
    if (value != null) {
      all.add(Filter.is(attribute, value));
    }
  }

  private static void add(List<Filter> all, Field field, @Nullable String value) {
    if (value != null) {
      all.add(Filter.is(field, value));
    }
  }

  /** Names and values in turn, as {@link Reader#ask} takes them. */
  public List<String> named() {
    List<String> all = new ArrayList<>();
    add(all, SESSION, session);
    add(all, WORKFLOW, workflow);
    add(all, TASK, task);
    add(all, TYPE, type);
    add(all, CATEGORY, category);
    add(all, TOOL, tool);
    add(all, RUN, run);
    add(all, STEP, step == null ? null : step.toString());
    add(all, COMPONENT, component);
    add(all, FAILED, failed ? "true" : null);
    return all;
  }

  private static void add(List<String> all, NamedArgument argument, @Nullable String value) {
    if (value != null) {
      all.add(argument.name());
      all.add(value);
    }
  }
}
