/** Which step of a run broke it: evidence from the run's own events, without a model. */
@NullMarked
package dev.flightlog.patterns.failure;

import org.jspecify.annotations.NullMarked;
