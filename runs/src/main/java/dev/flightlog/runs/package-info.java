/** What an experiment calls: its runs, steps and loggers. */
@NullMarked
package dev.flightlog.runs;

import org.jspecify.annotations.NullMarked;
