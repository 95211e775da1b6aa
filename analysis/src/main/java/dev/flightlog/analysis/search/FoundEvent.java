package dev.flightlog.analysis.search;

import dev.flightlog.event.Event;

/**
 * An event that was found.
 *
 * @param sought what was looked for, as it is written in the event; empty when no text was given
 */
public record FoundEvent(Event event, String sought) {}
