/** Work that one of all who share a store does. */
@NullMarked
package dev.flightlog.store.lease;

import org.jspecify.annotations.NullMarked;
