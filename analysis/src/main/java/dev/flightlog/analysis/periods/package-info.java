/** Questions about weeks: sums by day and week, trends, forecasts. */
@NullMarked
package dev.flightlog.analysis.periods;

import org.jspecify.annotations.NullMarked;
