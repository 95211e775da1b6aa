/** Entries of logging libraries, as run logs and as their own files. */
@NullMarked
package dev.flightlog.benchmarks.logging;

import org.jspecify.annotations.NullMarked;
