package dev.flightlog.analysis.search;

import dev.flightlog.event.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a search found.
 *
 * @param more true when there are more than the limit
 */
public record FoundEvents(List<FoundEvent> all, boolean more) {
  public FoundEvents {
    all = List.copyOf(all);
  }

  /** The events alone. */
  public List<Event> events() {
    return all.stream().map(FoundEvent::event).toList();
  }

  /** What was found in each event, by the id of the event. */
  public Map<String, String> sought() {
    Map<String, String> sought = new HashMap<>();
    all.forEach(found -> sought.put(found.event().id(), found.sought()));
    return sought;
  }
}
