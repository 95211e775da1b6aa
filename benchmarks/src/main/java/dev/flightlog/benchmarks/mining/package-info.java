/** Templates of lines: how well and how fast they are found. */
@NullMarked
package dev.flightlog.benchmarks.mining;

import org.jspecify.annotations.NullMarked;
