package dev.flightlog.revision;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.event.Category;
import dev.flightlog.event.EventIds;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Records what a revision learns, as events of category {@code learning}. Their ids come from the
 * week and what was learnt, so that a revision that is repeated records nothing twice.
 */
public final class LearningLog {
  /** The name of who records them. */
  public static final String AGENT = Events.OURSELVES;

  private final Supplier<FlightRecorder> recorder;
  private final Supplier<Instant> now;

  /**
   * @param recorder of the home, asked for when there is something to record; stays open
   * @param now the time of what is recorded
   */
  public LearningLog(Supplier<FlightRecorder> recorder, Supplier<Instant> now) {
    this.recorder = recorder;
    this.now = now;
  }

  /**
   * Begins an event.
   *
   * @param type such as {@code pattern_detected}
   * @param key what tells it from others of its type in this week
   */
  EventBuilder event(String type, Week week, String key) {
    return recorder
        .get()
        .event(type, Category.LEARNING)
        .id(EventIds.ofKey("learning:" + type + ":" + week + ":" + key))
        .at(now.get())
        .agent(AGENT)
        .detail("week", week.toString());
  }
}
