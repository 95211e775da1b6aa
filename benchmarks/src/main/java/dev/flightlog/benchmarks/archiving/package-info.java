/** Archives of runs beside {@code tar} and {@code gzip}. */
@NullMarked
package dev.flightlog.benchmarks.archiving;

import org.jspecify.annotations.NullMarked;
