/** Writing events: latency and throughput. */
@NullMarked
package dev.flightlog.benchmarks.logging;

import org.jspecify.annotations.NullMarked;
