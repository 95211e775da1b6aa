package dev.flightlog.benchmarks.telemetry;

/** Makes requests of spans in one form, gzip; for one thread. */
interface SpanRequests {
  /** Where they are posted. */
  String path();

  /** The {@code Content-Type}. */
  String mediaType();

  /** The request whose first span has this number, which is above 0. */
  byte[] request(long first);
}
