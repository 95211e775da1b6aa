/**
 * What recurs, as objects that another room can hold: {@link dev.flightlog.patterns.Pattern}s with
 * an id that stays, counts, and the events that are their evidence. {@link
 * dev.flightlog.patterns.PatternFinder} makes them from the facts of sessions.
 */
@NullMarked
package dev.flightlog.patterns;

import org.jspecify.annotations.NullMarked;
