package dev.flightlog.home.index;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of an old index stand in the new one under another id: responses of models and prompts
 * had other keys in earlier versions (docs/decisions/0061). They are told by their type, their
 * moment and their place in the source, eight bytes for each.
 */
final class Rekeyed {
  private static final Set<String> TYPES = Set.of(EventTypes.MODEL_CALL, EventTypes.USER_PROMPT);

  private final long[] places;

  private Rekeyed(long[] places) {
    this.places = places;
  }

  /**
   * @param fresh the new index, which has read every source that is still there
   */
  static Rekeyed of(EventStore fresh) {
    long[] places = new long[1024];
    int size = 0;
    try (Answer answer =
        fresh.read(ReadRequest.oldestFirst(Filter.in(Attribute.of(Field.EVENT_TYPE), TYPES)))) {
      Iterator<Event> events = answer.events().iterator();
      while (events.hasNext()) {
        Event event = events.next();
        String source = event.text(Field.SOURCE);
        if (source != null) {
          places = size == places.length ? Arrays.copyOf(places, size * 2) : places;
          places[size++] = place(event, source);
        }
      }
    }
    long[] sorted = Arrays.copyOf(places, size);
    Arrays.sort(sorted);
    return new Rekeyed(sorted);
  }

  /** Whether the new index has this row of the old one already, whatever its id. */
  boolean has(Event old) {
    @Nullable String source = old.text(Field.SOURCE);
    return source != null
        && TYPES.contains(old.eventType())
        && Arrays.binarySearch(places, place(old, source)) >= 0;
  }

  /** FNV-1a. */
  private static long place(Event event, String source) {
    long hash = 0xcbf29ce484222325L ^ event.micros();
    for (String text : new String[] {event.eventType(), source}) {
      hash *= 0x100000001b3L;
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
    }
    return hash;
  }
}
