package dev.flightlog.cli.output;

/** How rows are printed. */
public enum Format {
  /** For people and agents: aligned columns. */
  TEXT,
  /** For programs: an array of objects, stable. */
  JSON,
  /** For spreadsheets: RFC 4180 with a header; no cell can be a formula. */
  CSV
}
