package dev.flightlog.analysis.time;

import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.wording.Units;

/**
 * A sum of durations: what was work, and what was waiting for a person.
 *
 * @param total milliseconds of all
 * @param waiting milliseconds of waiting, as far as it is known
 * @param timed how many have a duration
 * @param split of how many it is known how much was waiting
 */
public record TimeSplit(long total, long waiting, long timed, long split) {
  static TimeSplit of(Group group) {
    return new TimeSplit(
        group.count(Measures.TIME),
        Math.min(group.count(Measures.TIME), group.count(Measures.WAITING)),
        group.count(Measures.TIMED),
        group.count(Measures.SPLIT));
  }

  /** Milliseconds that were not waiting; an upper bound where not all is split. */
  public long running() {
    return total - waiting;
  }

  /** How many durations may hold waiting that nobody told. */
  public long unsplit() {
    return Math.max(0, timed - split);
  }

  TimeSplit plus(TimeSplit other) {
    return new TimeSplit(
        total + other.total, waiting + other.waiting, timed + other.timed, split + other.split);
  }

  /** {@code 8m 39s running, 2h waiting for a person, of 40 runs it is unknown}. */
  String words() {
    String unknown =
        unsplit() == 0
            ? ""
            : ", unknown of "
                + (split == 0 ? "all " : "")
                + Units.count(unsplit())
                + (unsplit() == 1 ? " run" : " runs");
    return waiting == 0 && split == 0
        ? Units.duration(total) + " measured, waiting for people not told apart"
        : Units.duration(running())
            + " running, "
            + Units.duration(waiting)
            + " waiting for a person"
            + unknown;
  }
}
