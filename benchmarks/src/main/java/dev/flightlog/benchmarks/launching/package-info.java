/** The command line as a whole process. */
@NullMarked
package dev.flightlog.benchmarks.launching;

import org.jspecify.annotations.NullMarked;
