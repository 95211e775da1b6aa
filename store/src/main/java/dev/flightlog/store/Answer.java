package dev.flightlog.store;

import dev.flightlog.event.Event;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a store found, and what it left for the caller to do. Closing it frees the store's cursor.
 *
 * @param events in the order of the request; for one thread
 * @param unmet the part of the filter the store did not apply. Unless it is {@link
 *     Filter#EVERYTHING} the store must not apply the limit either, or matches would be lost.
 */
public record Answer(Stream<Event> events, Filter unmet) implements AutoCloseable {

  /** Does what is left and closes: at most {@code request.limit()} events. */
  public List<Event> finish(ReadRequest request) {
    try (this) {
      Stream<Event> rest =
          unmet instanceof Filter.Everything ? events : events.filter(unmet::matches);
      return rest.limit(request.limit()).toList();
    }
  }

  @Override
  public void close() {
    events.close();
  }
}
