package dev.flightlog.formats.otlp;

/** What one request or document of the protocol carries, with its names in both forms. */
public enum Signal {
  TRACES("resourceSpans", "scopeSpans", "spans"),
  LOGS("resourceLogs", "scopeLogs", "logRecords"),
  METRICS("resourceMetrics", "scopeMetrics", "metrics");

  private final String resources;
  private final String scopes;
  private final String records;

  Signal(String resources, String scopes, String records) {
    this.resources = resources;
    this.scopes = scopes;
    this.records = records;
  }

  /** The member of a JSON document that holds what each resource sent. */
  public String resources() {
    return resources;
  }

  String scopes() {
    return scopes;
  }

  String records() {
    return records;
  }
}
