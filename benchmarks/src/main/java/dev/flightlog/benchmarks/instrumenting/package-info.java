/** What the proxy of an agent costs beyond the events that it records. */
@NullMarked
package dev.flightlog.benchmarks.instrumenting;

import org.jspecify.annotations.NullMarked;
