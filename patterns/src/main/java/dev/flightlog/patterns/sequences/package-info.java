/** What recurs in the order of errors and calls: what follows what, loops, unchanged repeats. */
@NullMarked
package dev.flightlog.patterns.sequences;

import org.jspecify.annotations.NullMarked;
