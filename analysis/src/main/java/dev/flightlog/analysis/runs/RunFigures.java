package dev.flightlog.analysis.runs;

import dev.flightlog.analysis.ask.ModelUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one run tell.
 *
 * @param model null when nobody told it
 * @param started the time of its first event, in microseconds since 1970, as the next two
 * @param ended null before its end
 * @param last when it was heard of last
 * @param steps by number
 * @param retries of all steps and outside of them, as what follows
 */
record RunFigures(
    RunName name,
    @Nullable String model,
    RunState state,
    long started,
    @Nullable Long ended,
    long last,
    List<StepFigures> steps,
    long retries,
    long errors,
    long warnings,
    ModelUse use) {
  RunFigures {
    steps = List.copyOf(steps);
  }

  /** From its start to its end; null before its end. */
  @Nullable Long millis() {
    return ended == null ? null : (Long) Math.max(0, (ended - started) / 1000);
  }
}
