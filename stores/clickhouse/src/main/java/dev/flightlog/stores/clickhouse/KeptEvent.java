package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an id.
 *
 * @param event null when only its being there was asked for
 * @param all the same with what rows have that lie below others: a program that had not seen them
 *     has hidden it
 * @param aside whether it waits for its beginning
 * @param version of its newest row
 * @param places the times at which rows of it stand: one, or two for a moment after two programs
 *     changed its time at once
 * @param versions of all rows at these places, those that ClickHouse has not yet merged away, too
 */
record KeptEvent(
    @Nullable Event event,
    @Nullable Event all,
    boolean aside,
    long version,
    List<Long> places,
    List<Long> versions) {
  KeptEvent {
    places = List.copyOf(places);
    versions = List.copyOf(versions);
  }
}
