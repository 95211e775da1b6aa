/** Weeks of events in one compressed file each, with its hash. */
@NullMarked
package dev.flightlog.lifecycle.archive;

import org.jspecify.annotations.NullMarked;
