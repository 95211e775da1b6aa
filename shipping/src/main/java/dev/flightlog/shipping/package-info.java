/**
 * What goes from a machine into a store that many share: {@link dev.flightlog.shipping.SharedStore}
 * is where to begin.
 */
@NullMarked
package dev.flightlog.shipping;

import org.jspecify.annotations.NullMarked;
