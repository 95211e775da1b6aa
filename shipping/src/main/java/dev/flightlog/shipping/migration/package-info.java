/**
 * A history moved from one store into another, and the proof that it is the same: {@link
 * dev.flightlog.shipping.migration.Migration} is where to begin.
 */
@NullMarked
package dev.flightlog.shipping.migration;

import org.jspecify.annotations.NullMarked;
