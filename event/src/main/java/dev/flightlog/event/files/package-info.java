/**
 * Files as every room of Flightlog makes them: for their owner only, replaced as a whole, hashed
 * one way, deleted with all that is in them.
 */
@NullMarked
package dev.flightlog.event.files;

import org.jspecify.annotations.NullMarked;
