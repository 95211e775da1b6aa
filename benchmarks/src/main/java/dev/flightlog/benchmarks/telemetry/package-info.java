/** The server under a load of spans. */
@NullMarked
package dev.flightlog.benchmarks.telemetry;

import org.jspecify.annotations.NullMarked;
