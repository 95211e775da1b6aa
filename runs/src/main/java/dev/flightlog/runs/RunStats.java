package dev.flightlog.runs;

import org.jspecify.annotations.Nullable;

/**
 * What became of the entries of a run in this process, at one moment.
 *
 * @param written stand in files of the run
 * @param elsewhere of those: stand in the log of the run, because their own could not be written
 * @param lost stand in no file of the run
 * @param problem what went wrong first, or null
 */
public record RunStats(long written, long elsewhere, long lost, @Nullable String problem) {}
