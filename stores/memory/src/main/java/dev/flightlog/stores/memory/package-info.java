/** A store in memory: the specification of what a store does, as code. */
@NullMarked
package dev.flightlog.stores.memory;

import org.jspecify.annotations.NullMarked;
