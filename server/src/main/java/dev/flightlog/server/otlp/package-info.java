/** Telemetry from any program, over OTLP/HTTP. */
@NullMarked
package dev.flightlog.server.otlp;

import org.jspecify.annotations.NullMarked;
