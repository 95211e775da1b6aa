package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The errors of a period by class, and the calls that could have failed, from one aggregate. For
 * one thread.
 */
public final class ErrorCount {

  /** What fails in which way; the tool of tool calls only. */
  public record ErrorClass(String type, @Nullable String tool, @Nullable String errorType) {
    boolean isOfTool() {
      return type.equals(EventTypes.TOOL_CALL);
    }

    boolean isOfModel() {
      return type.equals(EventTypes.MODEL_CALL);
    }

    // Written out, for it is asked on the way of a question: docs/decisions/0005-start-up.md
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ErrorClass that
          && type.equals(that.type)
          && Objects.equals(tool, that.tool)
          && Objects.equals(errorType, that.errorType);
    }

    @Override
    public int hashCode() {
      return Objects.hash(type, tool, errorType);
    }
  }

  /** How often a class was met, and when last. */
  public record Met(long count, long last) {
    Met plus(Met other) {
      return new Met(count + other.count, Math.max(last, other.last));
    }
  }

  private static final Dimension BY_CATEGORY = Dimension.of(Field.CATEGORY);
  private static final Dimension BY_SUCCESS = Dimension.of(Field.SUCCESS);

  private static final List<Dimension> BY =
      List.of(Events.BY_TYPE, BY_CATEGORY, Events.BY_TOOL, Events.BY_ERROR_TYPE, BY_SUCCESS);

  private static final List<Measure> MEASURES = List.of(Measures.EVENTS, Measures.LAST);

  public final Map<ErrorClass, Met> classes = new HashMap<>();
  public final Rejections rejected = new Rejections();
  private final Map<@Nullable String, Long> results = new HashMap<>();
  private long toolCalls;
  private long modelCalls;

  private ErrorCount() {}

  public static ErrorCount of(Selection selection, Filter period) {
    ErrorCount count = new ErrorCount();
    Filter callsAndErrors =
        Filter.or(
            Events.TOOL_CALLS,
            Events.MODEL_CALLS,
            Filter.is(Field.CATEGORY, Category.ERROR.wireName()));
    for (Group group : selection.group(Filter.and(period, callsAndErrors), BY, MEASURES)) {
      ErrorClass errorClass =
          new ErrorClass(
              String.valueOf(group.text(Events.BY_TYPE)),
              group.text(Events.BY_TOOL),
              group.text(Events.BY_ERROR_TYPE));
      Met met = new Met(group.count(Measures.EVENTS), group.count(Measures.LAST));
      count.add(errorClass, group.text(BY_CATEGORY), group.key(BY_SUCCESS), met);
    }
    return count;
  }

  private void add(ErrorClass of, @Nullable String category, @Nullable Object success, Met met) {
    boolean failed = Boolean.FALSE.equals(success);
    if (of.isOfTool()) {
      toolCalls += met.count();
      results.merge(of.tool(), success == null ? 0 : met.count(), Long::sum);
    } else if (of.isOfModel()) {
      modelCalls += met.count();
    }
    if (of.isOfTool() && failed && EventTypes.REJECTED.equals(of.errorType())) {
      rejected.add(of.tool(), met.count());
    } else if (((of.isOfTool() || of.isOfModel()) && failed)
        || Category.ERROR.wireName().equals(category)) {
      String tool = of.isOfTool() ? of.tool() : null;
      classes.merge(new ErrorClass(of.type(), tool, of.errorType()), met, Met::plus);
    }
  }

  /** How many errors of the class there are. */
  public long of(ErrorClass errorClass) {
    Met met = classes.get(errorClass);
    return met == null ? 0 : met.count();
  }

  /** How many calls could have failed so; null when nobody knows. */
  @Nullable Long opportunities(ErrorClass of) {
    if (of.isOfTool()) {
      return results.getOrDefault(of.tool(), 0L);
    }
    return of.isOfModel() ? (Long) modelCalls : null;
  }

  public long errors() {
    long errors = 0;
    for (Met met : classes.values()) {
      errors += met.count();
    }
    return errors;
  }

  public long toolErrors() {
    long errors = 0;
    for (Map.Entry<ErrorClass, Met> entry : classes.entrySet()) {
      errors += entry.getKey().isOfTool() ? entry.getValue().count() : 0;
    }
    return errors;
  }

  public long toolCalls() {
    return toolCalls;
  }

  public long modelCalls() {
    return modelCalls;
  }
}
