/**
 * A home of Flightlog, opened without a console: {@link dev.flightlog.home.Home} is where to begin.
 */
@NullMarked
package dev.flightlog.home;

import org.jspecify.annotations.NullMarked;
