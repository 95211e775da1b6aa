/** Rounds, medians, ratios, tables and JSON. */
@NullMarked
package dev.flightlog.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
