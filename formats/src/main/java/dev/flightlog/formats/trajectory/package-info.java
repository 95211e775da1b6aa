/** Runs that were written as one document each, and logs of agents' messages. */
@NullMarked
package dev.flightlog.formats.trajectory;

import org.jspecify.annotations.NullMarked;
