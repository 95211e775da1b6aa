/**
 * Files of another machine, fetched over the user's own {@code ssh}: {@link
 * dev.flightlog.shipping.pull.Pull} is where to begin.
 */
@NullMarked
package dev.flightlog.shipping.pull;

import org.jspecify.annotations.NullMarked;
