/** The question about what recurs, over errors, sequences, times and people. */
@NullMarked
package dev.flightlog.analysis.patterns;

import org.jspecify.annotations.NullMarked;
