package dev.flightlog.analysis.stories;

import java.util.List;

/**
 * What a story came to.
 *
 * @param calls its tool calls
 * @param errors its errors
 * @param repeated those of a class (tool, type and template) that was met before, in this story or
 *     any earlier one
 * @param repeatedBySession how many of these each of its sessions had; sessions without any count,
 *     too
 */
public record StoryFigures(
    String story, long calls, long errors, long repeated, List<Long> repeatedBySession) {
  public StoryFigures {
    repeatedBySession = List.copyOf(repeatedBySession);
  }

  public int sessions() {
    return repeatedBySession.size();
  }

  /** Repeated errors a hundred tool calls. */
  public double rate() {
    return calls == 0 ? 0 : 100.0 * repeated / calls;
  }

  /** The variance of {@link #repeated}, from how much the sessions differ. */
  double variance() {
    double mean = (double) repeated / sessions();
    double squares = 0;
    for (long each : repeatedBySession) {
      squares += (each - mean) * (each - mean);
    }
    return sessions() * squares / (sessions() - 1);
  }
}
