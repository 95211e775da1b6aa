package dev.flightlog.analysis.runs;

import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one step of one run tell.
 *
 * @param first the time of its first event, in microseconds since 1970, as the next
 * @param millis how long it took; null before its end
 * @param use its requests to models
 */
record StepFigures(
    RunName run,
    long step,
    RunState state,
    long first,
    long last,
    @Nullable Long millis,
    long retries,
    long errors,
    long warnings,
    ModelUse use) {

  /**
   * Adds up the groups of a step: of those whose events name its framework, and of those that name
   * none.
   */
  static StepFigures of(RunName run, long step, List<Group> groups, ModelUse use, long now) {
    Group marked = groups.getFirst();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long retries = 0;
    long errors = 0;
    long warnings = 0;
    for (Group group : groups) {
      marked = marks(group) > marks(marked) ? group : marked;
      first = Math.min(first, group.count(Measures.FIRST));
      last = Math.max(last, group.count(Measures.LAST));
      retries += group.count(RunEvents.RETRIES);
      errors += group.count(RunEvents.ERRORS);
      warnings += group.count(RunEvents.WARNINGS);
    }
    return new StepFigures(
        run,
        step,
        state(marked, RunState.open(last, now)),
        first,
        last,
        marked.count(RunEvents.ENDED) == 0 ? null : (Long) millis(marked),
        retries,
        errors,
        warnings,
        use);
  }

  private static long marks(Group group) {
    return group.count(RunEvents.BEGUN) + group.count(RunEvents.ENDED);
  }

  /** As the logs have it: the last end counts, unless the step was begun again since. */
  private static RunState state(Group sums, RunState open) {
    long begun = sums.count(RunEvents.LAST_BEGUN);
    long succeeded = sums.count(RunEvents.LAST_SUCCEEDED);
    long failed = sums.count(RunEvents.LAST_FAILED);
    long ended = Math.max(succeeded, failed);
    boolean again =
        begun > ended
            || begun == ended && sums.count(RunEvents.BEGUN) > sums.count(RunEvents.ENDED);
    if (sums.count(RunEvents.BEGUN) > 0 && again) {
      return open;
    }
    return failed > 0 && failed >= succeeded ? RunState.FAILED : RunState.SUCCEEDED;
  }

  private static long millis(Group sums) {
    Long told = sums.whole(RunEvents.TIME);
    return told == null ? sums.count(RunEvents.DETAIL_TIME) : told;
  }
}
