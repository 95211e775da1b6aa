/** Runs of experiments, over HTTP. */
@NullMarked
package dev.flightlog.server.runs;

import org.jspecify.annotations.NullMarked;
