/**
 * Occurrences become rows: calls are joined with results, lines of one response with each other.
 */
@NullMarked
package dev.flightlog.formats.rows;

import org.jspecify.annotations.NullMarked;
