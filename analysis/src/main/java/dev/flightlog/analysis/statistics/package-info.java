/** What numbers allow to be said: chance, calibration, forecasts, slow-downs. Knows no events. */
@NullMarked
package dev.flightlog.analysis.statistics;

import org.jspecify.annotations.NullMarked;
