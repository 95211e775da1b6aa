/** The experiment, as it is run by the build. */
@NullMarked
package dev.flightlog.examples.experiment;

import org.jspecify.annotations.NullMarked;
