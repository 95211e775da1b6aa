/** Charts. */
@NullMarked
package dev.flightlog.dashboard.chart;

import org.jspecify.annotations.NullMarked;
