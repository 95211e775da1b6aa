package dev.flightlog.server.stream;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.server.web.Message;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that arrived, encoded once for all who watch. Immutable.
 *
 * @param event null when it is meant for everybody
 * @param behind where a watcher is that has been sent it; null when that is no place in the order
 */
record Arrival(@Nullable Event event, Message message, @Nullable Cursor behind) {

  static Arrival of(Event event, Cursor behind) {
    return new Arrival(event, new Message("event", behind.text(), json(event)), behind);
  }

  /**
   * Events that were removed from the store.
   *
   * @param behind null when events follow that may have arrived before the removal
   */
  static Arrival forgotten(List<String> ids, @Nullable Cursor behind) {
    String id = behind == null ? null : behind.text();
    return new Arrival(null, Message.of("forgotten", id, Map.of("ids", ids)), behind);
  }

  /** The order of arrival that was followed is no more: what is known may be out of date. */
  static Arrival reset(String why, Cursor behind) {
    return new Arrival(null, Message.of("reset", behind.text(), Map.of("reason", why)), behind);
  }

  static byte[] json(Event event) {
    JsonWriter line = new JsonWriter();
    EventLine.encode(event, line);
    return line.toByteArray();
  }

  /** Of a page, what is gone first: who stops among the events has been told all of it. */
  static List<Arrival> of(Changes.Page page) {
    List<Arrival> arrivals = new ArrayList<>();
    List<Event> events = page.events();
    if (!page.forgotten().isEmpty()) {
      arrivals.add(forgotten(page.forgotten(), events.isEmpty() ? page.next() : null));
    }
    for (int i = 0; i < events.size(); i++) {
      arrivals.add(of(events.get(i), page.places().behind(i)));
    }
    return arrivals;
  }

  boolean isFor(Filter filter) {
    return event == null || filter.matches(event);
  }

  int bytes() {
    return message.json().length;
  }
}
