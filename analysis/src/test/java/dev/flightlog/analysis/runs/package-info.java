/** What is asked about runs of experiments. */
@NullMarked
package dev.flightlog.analysis.runs;

import org.jspecify.annotations.NullMarked;
