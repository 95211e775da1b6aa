package dev.flightlog.revision.report;

import java.util.Locale;

/** The parts of a revision, in their order. */
public enum Phase {
  /** What recurs. */
  PATTERNS,
  /** What changed against the weeks before. */
  INSIGHTS,
  /** What could be told to agents. */
  RULES,
  /** What stands in the instruction file. */
  INSTRUCTIONS,
  /** What is old. */
  ARCHIVE;

  /** As it is written in files. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
