/** Stores by their address: the one place where an engine is chosen. */
@NullMarked
package dev.flightlog.store.address;

import org.jspecify.annotations.NullMarked;
