/** How tasks are doing: rate, success and time, in the last minutes and altogether, by agent. */
@NullMarked
package dev.flightlog.tasks.live;

import org.jspecify.annotations.NullMarked;
