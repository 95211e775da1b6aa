/** How much of a machine's files a shared store has confirmed, and what waits. */
@NullMarked
package dev.flightlog.shipping.confirmed;

import org.jspecify.annotations.NullMarked;
