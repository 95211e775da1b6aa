/**
 * Figures for Prometheus: what a part tells about itself ({@link
 * dev.flightlog.server.metrics.MetricFamily}), and the two text formats in which it is read.
 */
@NullMarked
package dev.flightlog.server.metrics;

import org.jspecify.annotations.NullMarked;
