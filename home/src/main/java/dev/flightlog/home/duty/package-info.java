/** Work that one of all servers of a shared store does. */
@NullMarked
package dev.flightlog.home.duty;

import org.jspecify.annotations.NullMarked;
