package dev.flightlog.stores.memory;

import dev.flightlog.event.Event;
import dev.flightlog.store.ArrivalCursor;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events in the order in which they came or changed last. Not safe for several threads. */
final class Arrivals {
  private final String feed = UUID.randomUUID().toString();
  private final TreeMap<Long, Event> events = new TreeMap<>();
  private final TreeMap<Long, String> forgotten = new TreeMap<>();
  private final Map<String, Long> places = new HashMap<>();
  private long last;

  void came(Event event) {
    leave(event.id());
    events.put(++last, event);
    places.put(event.id(), last);
  }

  void forgot(String id) {
    leave(id);
    forgotten.put(++last, id);
  }

  private void leave(String id) {
    Long before = places.remove(id);
    if (before != null) {
      events.remove(before);
    }
  }

  Cursor latest() {
    return new ArrivalCursor(feed, last, 0).cursor();
  }

  Changes behind(Cursor after, Filter filter, int most) {
    ArrivalCursor from = ArrivalCursor.of(after, feed, last);
    if (from == null) {
      return new Changes.Unknown("'" + after + "' is no cursor of this store");
    }
    TreeMap<Long, @Nullable Event> found = new TreeMap<>();
    events
        .tailMap(from.place(), false)
        .forEach((place, event) -> {
          if (filter.matches(event)) {
            found.put(place, event);
          }
        });
    forgotten.keySet().stream()
        .filter(from::tellsOfForgotten)
        .forEach(place -> found.put(place, null));
    List<Event> page = new ArrayList<>();
    List<Long> at = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    Changes.Places places = event -> from.at(at.get(event)).cursor();
    long next = from.place();
    for (Map.Entry<Long, @Nullable Event> one : found.entrySet()) {
      if (page.size() + gone.size() == most) {
        return new Changes.Page(page, gone, from.at(next).cursor(), true, places);
      }
      next = one.getKey();
      Event event = one.getValue();
      if (event != null) {
        page.add(event);
        at.add(next);
      } else {
        gone.add(forgotten.get(next));
      }
    }
    return new Changes.Page(page, gone, from.at(last).cursor(), false, places);
  }
}
