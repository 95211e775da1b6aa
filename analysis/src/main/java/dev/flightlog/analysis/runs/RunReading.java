package dev.flightlog.analysis.runs;

import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the runs of a selection, and adds up what happened in their steps. For one thread. */
final class RunReading {
  private static final List<Dimension> BY =
      List.of(RunEvents.BY_FRAMEWORK, RunEvents.BY_RUN, RunEvents.BY_STEP);

  /** More beginnings and ends than these are not looked at; the newest count. */
  private static final int MOST_MARKS = 200_000;

  private final Selection selection;
  private final Map<String, Set<String>> frameworks = new HashMap<>();
  private final Map<RunName, RunMarks> marks = new HashMap<>();
  private final Map<RunName, Whole> runs = new HashMap<>();

  /** A run while its groups are added up. */
  private static final class Whole {
    private final TreeMap<Long, StepFigures> steps = new TreeMap<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long retries;
    private long errors;
    private long warnings;
    private ModelUse use = ModelUse.NONE;

    private void add(Group sums, ModelUse more) {
      first = Math.min(first, sums.count(Measures.FIRST));
      last = Math.max(last, sums.count(Measures.LAST));
      retries += sums.count(RunEvents.RETRIES);
      errors += sums.count(RunEvents.ERRORS);
      warnings += sums.count(RunEvents.WARNINGS);
      use = use.plus(more);
    }
  }

  private RunReading(Selection selection) {
    this.selection = selection;
  }

  /**
   * The runs, the last begun first.
   *
   * @param only only of this run, as it is typed; null for all
   */
  static List<RunFigures> of(Selection selection, @Nullable String only) {
    Group known = selection.measure(RunEvents.MARKS, Measures.EVENTS, Measures.FIRST);
    if (known.count(Measures.EVENTS) == 0) {
      return List.of();
    }
    Filter of =
        Filter.and(RunEvents.IN_RUNS, Filter.since(known.count(Measures.FIRST)), named(only));
    RunReading reading = new RunReading(selection);
    reading.readMarks(of);
    reading.addUp(of);
    return reading.figures().stream()
        .filter(
            run -> only == null || run.name().id().equals(only) || run.name().text().equals(only))
        .toList();
  }

  /** Whether a run may be the one that is named, by its id alone. */
  private static Filter named(@Nullable String only) {
    if (only == null) {
      return Filter.EVERYTHING;
    }
    Set<String> ids = new HashSet<>(Set.of(only));
    for (int slash = only.indexOf('/'); slash >= 0; slash = only.indexOf('/', slash + 1)) {
      ids.add(only.substring(slash + 1));
    }
    return Filter.in(RunEvents.RUN, ids);
  }

  private void readMarks(Filter of) {
    ReadRequest request =
        ReadRequest.newestFirst(selection.and(Filter.and(of, RunEvents.OF_RUNS))).limit(MOST_MARKS);
    for (Event event : selection.store().read(request).finish(request).reversed()) {
      String id = String.valueOf(event.text(Field.RUN_ID));
      String framework = event.detail("framework");
      RunName name = new RunName(framework == null ? "" : framework, id);
      frameworks.computeIfAbsent(id, _ -> new HashSet<>()).add(name.framework());
      marks.computeIfAbsent(name, _ -> new RunMarks()).add(event);
    }
  }

  private void addUp(Filter of) {
    Map<List<@Nullable Object>, ModelUse> use = ModelUse.by(selection, BY, of);
    Map<RunName, Map<Long, List<Group>>> steps = new HashMap<>();
    for (Group group : selection.group(of, BY, RunEvents.MEASURES)) {
      RunName name = name(group);
      Object step = group.key(RunEvents.BY_STEP);
      if (step instanceof Long number) {
        steps
            .computeIfAbsent(name, _ -> new TreeMap<>())
            .computeIfAbsent(number, _ -> new ArrayList<>())
            .add(group);
      }
      Whole run = runs.computeIfAbsent(name, _ -> new Whole());
      run.add(group, use.getOrDefault(group.row().key(), ModelUse.NONE));
    }
    runs.forEach((name, run) ->
        steps
            .getOrDefault(name, Map.of())
            .forEach((step, groups) -> {
              ModelUse own = ModelUse.NONE;
              for (Group group : groups) {
                own = own.plus(use.getOrDefault(group.row().key(), ModelUse.NONE));
              }
              run.steps.put(step, StepFigures.of(name, step, groups, own, selection.now()));
            }));
  }

  /** Events that name no framework belong to the one that has a run of their id. */
  private RunName name(Group group) {
    String id = String.valueOf(group.text(RunEvents.BY_RUN));
    String framework = group.text(RunEvents.BY_FRAMEWORK);
    Set<String> known = frameworks.getOrDefault(id, Set.of());
    if (framework == null || !known.contains(framework)) {
      framework = known.size() == 1 ? known.iterator().next() : framework;
    }
    return new RunName(framework == null ? "" : framework, id);
  }

  private List<RunFigures> figures() {
    List<RunFigures> all = new ArrayList<>();
    runs.forEach((name, run) -> all.add(figures(name, run)));
    all.sort(
        Order.comparingLong((RunFigures run) -> -run.started())
            .thenComparing(run -> run.name().text()));
    return all;
  }

  private RunFigures figures(RunName name, Whole run) {
    RunMarks marked = marks.getOrDefault(name, new RunMarks());
    List<StepFigures> steps = List.copyOf(run.steps.values());
    RunState open = RunState.open(run.last, selection.now());
    boolean stepOpen = steps.stream().anyMatch(step -> step.state().isOpen());
    boolean stepFailed = steps.stream().anyMatch(step -> step.state() == RunState.FAILED);
    Long ended = marked.ended();
    Long started = marked.started();
    RunState state =
        ended == null || stepOpen
            ? open
            : marked.failed() || stepFailed ? RunState.FAILED : RunState.SUCCEEDED;
    return new RunFigures(
        name,
        marked.model(),
        state,
        started == null ? run.first : started,
        ended,
        run.last,
        steps,
        run.retries,
        run.errors,
        run.warnings,
        run.use);
  }
}
