package dev.flightlog.patterns.facts;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import org.jspecify.annotations.Nullable;

/**
 * When, where and by whom something happened, so that a question can be narrowed to it. Immutable.
 *
 * @param micros in microseconds since 1970
 * @param agent who did it; null when it was not recorded
 * @param story for what; null when it was not recorded
 */
public record Occasion(
    String session, long micros, @Nullable String agent, @Nullable String story) {

  /** The occasion of an event of this session. */
  public static Occasion of(String session, Event event) {
    return new Occasion(
        session, event.micros(), event.text(Field.AGENT_NAME), event.text(Field.STORY_ID));
  }
}
