/** Records what agents do, from inside their program. Start at {@link FlightRecorder}. */
@NullMarked
package dev.flightlog.recorder;

import org.jspecify.annotations.NullMarked;
