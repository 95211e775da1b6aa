/** Stores that give up rows which stand in an archive, and go on answering from their sums. */
@NullMarked
package dev.flightlog.store.archive;

import org.jspecify.annotations.NullMarked;
