/** Pages about runs of experiments. */
@NullMarked
package dev.flightlog.dashboard.runs;

import org.jspecify.annotations.NullMarked;
