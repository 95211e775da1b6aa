package dev.flightlog.patterns.interactions;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One act of a person that is written down twice: who refuses a tool call and says no more, is
 * recorded as refusing and, within the same second, as interrupting. Such an interruption is the
 * refusal, and counts once. Stateless.
 */
public final class Refusals {
  /** The events that tell it. */
  public static final Filter EVENTS =
      Filter.in(
          Attribute.of(Field.EVENT_TYPE),
          List.of(EventTypes.USER_INTERRUPT, EventTypes.TOOL_REJECTED));

  private static final long ONE_ACT_MICROS = 1_000_000;

  private Refusals() {}

  /** True when something that happened at these times is one act. */
  static boolean isOneAct(long a, long b) {
    return Math.abs(a - b) <= ONE_ACT_MICROS;
  }

  /**
   * How many of these events are interruptions that are a refusal; of any sessions, in any order.
   */
  public static long toldTwice(Collection<Event> events) {
    Map<String, List<Long>> refused = new HashMap<>();
    for (Event event : events) {
      String session = event.text(Field.SESSION_ID);
      if (event.eventType().equals(EventTypes.TOOL_REJECTED) && session != null) {
        refused.computeIfAbsent(session, _ -> new ArrayList<>()).add(event.micros());
      }
    }
    long twice = 0;
    for (Event event : events) {
      String session = event.text(Field.SESSION_ID);
      if (event.eventType().equals(EventTypes.USER_INTERRUPT)
          && session != null
          && refused.getOrDefault(session, List.of()).stream()
              .anyMatch(time -> isOneAct(time, event.micros()))) {
        twice++;
      }
    }
    return twice;
  }
}
