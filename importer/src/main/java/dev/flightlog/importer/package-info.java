/**
 * Brings what agents did into a store, exactly once: finds files, follows each from the place where
 * it stopped, sets aside what is no event, and commits rows and position in one transaction.
 */
@NullMarked
package dev.flightlog.importer;

import org.jspecify.annotations.NullMarked;
