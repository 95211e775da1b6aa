package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an id.
 *
 * @param event null when only its being there was asked for
 * @param aside whether it waits for its beginning
 * @param version of the row
 * @param places the times at which rows of it stand: one, or two for a moment after two programs
 *     changed its time at once
 */
record KeptEvent(@Nullable Event event, boolean aside, long version, List<Long> places) {
  KeptEvent {
    places = List.copyOf(places);
  }
}
