/** How sessions stand at this moment, as far as their events tell it. */
@NullMarked
package dev.flightlog.analysis.live;

import org.jspecify.annotations.NullMarked;
