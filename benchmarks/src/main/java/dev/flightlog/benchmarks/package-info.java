/** Every published number beside its command: {@code benchmarks/run}. */
@NullMarked
package dev.flightlog.benchmarks;

import org.jspecify.annotations.NullMarked;
