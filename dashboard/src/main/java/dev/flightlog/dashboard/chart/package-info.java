/** Charts as SVG, made here, and tables that the browser draws as charts. */
@NullMarked
package dev.flightlog.dashboard.chart;

import org.jspecify.annotations.NullMarked;
