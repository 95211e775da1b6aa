/** {@code ship} on many machines, into a real cluster. */
@NullMarked
package dev.flightlog.cli.cluster;

import org.jspecify.annotations.NullMarked;
