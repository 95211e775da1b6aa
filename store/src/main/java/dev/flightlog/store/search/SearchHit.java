package dev.flightlog.store.search;

import dev.flightlog.event.Event;

/**
 * An event that was found.
 *
 * @param place the first place of its text that has the most of what was looked for
 * @param score more is more relevant; to be compared within one search only
 */
public record SearchHit(Event event, SearchPlace place, double score) {}
