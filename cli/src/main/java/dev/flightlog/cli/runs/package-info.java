/** Commands about runs of experiments. */
@NullMarked
package dev.flightlog.cli.runs;

import org.jspecify.annotations.NullMarked;
