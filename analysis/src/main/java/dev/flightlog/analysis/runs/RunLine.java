package dev.flightlog.analysis.runs;

import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row about runs: all of a framework, a step over the runs of a framework, or one run.
 *
 * @param run null for a row about several
 * @param step null for a row about whole runs
 * @param state of the run or step; null for a row about several
 * @param steps how many steps the run has; of a framework how many different ones
 * @param started the first of their beginnings, in microseconds since 1970
 * @param ended null before the end, and for a row about several
 * @param millis the sum over those that ended
 * @param timed how many of them ended
 */
record RunLine(
    String by,
    String framework,
    @Nullable String run,
    @Nullable Long step,
    @Nullable String model,
    @Nullable RunState state,
    long runs,
    long succeeded,
    long failed,
    long steps,
    long started,
    @Nullable Long ended,
    long last,
    long millis,
    long timed,
    long retries,
    long errors,
    long warnings,
    ModelUse use) {

  /** Its steps fail in some runs and succeed in others. */
  boolean flaky() {
    return step != null && run == null && succeeded > 0 && failed > 0;
  }

  /** How many have no end yet. */
  long open() {
    return runs - succeeded - failed;
  }

  @Nullable Double share() {
    return Wording.ratio(succeeded, succeeded + failed);
  }

  @Nullable Double average() {
    return Wording.ratio(millis, timed);
  }

  static RunLine of(RunFigures run) {
    Long millis = run.millis();
    return new RunLine(
        "run",
        run.name().framework(),
        run.name().id(),
        null,
        run.model(),
        run.state(),
        1,
        run.state() == RunState.SUCCEEDED ? 1 : 0,
        run.state() == RunState.FAILED ? 1 : 0,
        run.steps().size(),
        run.started(),
        run.ended(),
        run.last(),
        millis == null ? 0 : millis,
        millis == null ? 0 : 1,
        run.retries(),
        run.errors(),
        run.warnings(),
        run.use());
  }

  private static RunLine of(StepFigures step) {
    Long millis = step.millis();
    return new RunLine(
        "step",
        step.run().framework(),
        step.run().id(),
        step.step(),
        null,
        step.state(),
        1,
        step.state() == RunState.SUCCEEDED ? 1 : 0,
        step.state() == RunState.FAILED ? 1 : 0,
        1,
        step.first(),
        step.state().isOpen() ? null : (Long) step.last(),
        step.last(),
        millis == null ? 0 : millis,
        millis == null ? 0 : 1,
        step.retries(),
        step.errors(),
        step.warnings(),
        step.use());
  }

  /** One a run. */
  static List<RunLine> ofRuns(List<RunFigures> runs) {
    return runs.stream().map(RunLine::of).toList();
  }

  /** One a framework, by name. */
  static List<RunLine> ofFrameworks(List<RunFigures> runs) {
    Map<String, RunLine> lines = new TreeMap<>();
    Map<String, Set<Long>> steps = new TreeMap<>();
    for (RunFigures run : runs) {
      RunLine line = of(run);
      lines.merge(line.framework, line, RunLine::with);
      Set<Long> own = steps.computeIfAbsent(line.framework, _ -> new HashSet<>());
      run.steps().forEach(step -> own.add(step.step()));
    }
    List<RunLine> all = new ArrayList<>();
    lines.forEach((framework, line) ->
        all.add(line.alone("framework", null, steps.getOrDefault(framework, Set.of()).size())));
    return all;
  }

  /** One a step of a framework; where it fails in some runs only comes first, then what fails. */
  static List<RunLine> ofSteps(List<RunFigures> runs) {
    Map<String, TreeMap<Long, RunLine>> lines = new TreeMap<>();
    for (RunFigures run : runs) {
      for (StepFigures step : run.steps()) {
        lines
            .computeIfAbsent(run.name().framework(), _ -> new TreeMap<>())
            .merge(step.step(), of(step), RunLine::with);
      }
    }
    List<RunLine> all = new ArrayList<>();
    lines.forEach(
        (_, steps) -> steps.forEach((step, line) -> all.add(line.alone("step", step, 1))));
    all.sort(
        Order.comparing((RunLine line) -> !line.flaky())
            .thenComparing(line -> line.failed == 0)
            .thenComparing(RunLine::framework)
            .thenComparing(line -> line.step == null ? 0 : line.step));
    return all;
  }

  /** One a step of these runs, by number. */
  static List<RunLine> stepsOf(List<RunFigures> runs) {
    List<RunLine> all = new ArrayList<>();
    runs.forEach(run -> run.steps().forEach(step -> all.add(of(step))));
    return all;
  }

  private RunLine with(RunLine other) {
    return new RunLine(
        by,
        framework,
        run,
        step,
        model == null || model.equals(other.model) ? model : null,
        null,
        runs + other.runs,
        succeeded + other.succeeded,
        failed + other.failed,
        steps,
        Math.min(started, other.started),
        null,
        Math.max(last, other.last),
        millis + other.millis,
        timed + other.timed,
        retries + other.retries,
        errors + other.errors,
        warnings + other.warnings,
        use.plus(other.use));
  }

  /** About all of these runs, also where it is one only. */
  private RunLine alone(String what, @Nullable Long number, long ofSteps) {
    return new RunLine(
        what, framework, null, number, model, null, runs, succeeded, failed, ofSteps, started, null,
        last, millis, timed, retries, errors, warnings, use);
  }
}
