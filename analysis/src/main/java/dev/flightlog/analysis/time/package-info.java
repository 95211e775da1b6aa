/** Questions about how long things take. */
@NullMarked
package dev.flightlog.analysis.time;

import org.jspecify.annotations.NullMarked;
