package dev.flightlog.analysis.time;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Units;
import java.util.List;

/**
 * A sum of durations: what was work, and what was waiting for a person.
 *
 * @param total milliseconds of all
 * @param waiting milliseconds of waiting, as far as it is known
 * @param timed how many have a duration
 * @param split of how many it is known how much was waiting
 */
public record TimeSplit(long total, long waiting, long timed, long split) {
  private static final Measure WORK_TIME = Measures.TIME.where(Events.WORK);
  private static final Measure WORK_WAITING = Measures.WAITING.where(Events.WORK);
  private static final Measure WORK_TIMED = Measures.TIMED.where(Events.WORK);
  private static final Measure WORK_SPLIT = Measures.SPLIT.where(Events.WORK);

  /** What {@link #ofWork} reads. */
  public static final List<Measure> OF_WORK =
      List.of(WORK_TIME, WORK_WAITING, WORK_TIMED, WORK_SPLIT);

  /** Of the events of a group that hold the time of no others. */
  public static TimeSplit ofWork(Group group) {
    return new TimeSplit(
        group.count(WORK_TIME),
        Math.min(group.count(WORK_TIME), group.count(WORK_WAITING)),
        group.count(WORK_TIMED),
        group.count(WORK_SPLIT));
  }

  /** Of those of these events that hold the time of no others. */
  public static TimeSplit ofWork(List<Event> events) {
    TimeSplit all = new TimeSplit(0, 0, 0, 0);
    for (Event event : events) {
      Long took = event.integer(Field.DURATION_MS);
      if (took != null && Events.WORK.matches(event)) {
        Number waited = event.detailNumber("waiting_ms");
        long waiting = waited == null ? 0 : Math.min(took, waited.longValue());
        all = all.plus(new TimeSplit(took, waiting, 1, waited == null ? 0 : 1));
      }
    }
    return all;
  }

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

  /** {@code 8m 39s running, 2h waiting for a person (not known for 40 of 950 runs)}. */
  public String words() {
    String unknown =
        unsplit() == 0
            ? ""
            : " (not known for "
                + Units.count(unsplit())
                + " of "
                + Units.count(timed, "run")
                + ")";
    return waiting == 0 && split == 0
        ? Units.duration(total) + " measured, waiting for people not told apart"
        : Units.duration(running())
            + " running, "
            + Units.duration(waiting)
            + " waiting for a person"
            + unknown;
  }
}
