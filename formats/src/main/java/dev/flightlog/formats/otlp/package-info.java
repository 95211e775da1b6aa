/**
 * OpenTelemetry's protocol: spans, log records and metrics, as protobuf and as JSON, and what they
 * tell of agents. Read first: {@code OtlpRecord}, {@code OtlpRows}.
 */
@NullMarked
package dev.flightlog.formats.otlp;

import org.jspecify.annotations.NullMarked;
