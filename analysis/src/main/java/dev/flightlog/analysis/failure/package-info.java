/** Which step of a run broke it: evidence from the run's own events, without a model. */
@NullMarked
package dev.flightlog.analysis.failure;

import org.jspecify.annotations.NullMarked;
