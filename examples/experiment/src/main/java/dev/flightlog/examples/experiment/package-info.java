/** Three frameworks do the same five steps; each step's and component's log stands apart. */
@NullMarked
package dev.flightlog.examples.experiment;

import org.jspecify.annotations.NullMarked;
