/** Slow-downs planted in generated work, and whether they are found. */
@NullMarked
package dev.flightlog.benchmarks.slowing;

import org.jspecify.annotations.NullMarked;
