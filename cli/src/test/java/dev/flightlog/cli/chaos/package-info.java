/** Everything at once: all that Flightlog runs, under one fault after the other. */
@NullMarked
package dev.flightlog.cli.chaos;

import org.jspecify.annotations.NullMarked;
