/** Questions about the events themselves: which there are, and which are missing. */
@NullMarked
package dev.flightlog.analysis.events;

import org.jspecify.annotations.NullMarked;
