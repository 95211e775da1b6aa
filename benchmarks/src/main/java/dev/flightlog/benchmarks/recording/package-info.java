/** Writing events: latency and throughput. */
@NullMarked
package dev.flightlog.benchmarks.recording;

import org.jspecify.annotations.NullMarked;
