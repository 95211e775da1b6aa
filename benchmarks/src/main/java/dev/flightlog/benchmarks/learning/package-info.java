/** What was learnt from one half of the sessions, tried on the other. */
@NullMarked
package dev.flightlog.benchmarks.learning;

import org.jspecify.annotations.NullMarked;
