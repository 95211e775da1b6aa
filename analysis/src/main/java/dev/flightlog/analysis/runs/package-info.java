/** Runs of experiments, their steps, and how they went, as far as their events tell it. */
@NullMarked
package dev.flightlog.analysis.runs;

import org.jspecify.annotations.NullMarked;
