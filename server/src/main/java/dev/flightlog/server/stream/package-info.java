/** What arrives in the store, as it arrives: one look at the store for all who watch. */
@NullMarked
package dev.flightlog.server.stream;

import org.jspecify.annotations.NullMarked;
