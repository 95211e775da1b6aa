/**
 * Turns the lines of each known format into events. A reader keeps what belongs together (a call
 * and its result, the lines of one response) and lets go of it before every commit.
 */
@NullMarked
package dev.flightlog.formats;

import org.jspecify.annotations.NullMarked;
