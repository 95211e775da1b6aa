/** Forwarding as the settings of a home have it. */
@NullMarked
package dev.flightlog.home.forwarding;

import org.jspecify.annotations.NullMarked;
