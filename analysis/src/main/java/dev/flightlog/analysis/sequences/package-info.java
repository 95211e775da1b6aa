/** What recurs in the order of errors and calls: what follows what, loops, unchanged repeats. */
@NullMarked
package dev.flightlog.analysis.sequences;

import org.jspecify.annotations.NullMarked;
