package dev.flightlog.cli.data;

import dev.flightlog.importer.ImportReport;

/**
 * What an import came to.
 *
 * @param leftOut files that were left out, or not read to their end
 * @param elapsedMs milliseconds until everything was imported and learnt from
 */
record ImportResult(ImportReport report, long leftOut, long elapsedMs) {
  /** True when something of what was given is not in the index. */
  boolean isIncomplete() {
    return report.quarantined() > 0 || report.unknown() > 0 || leftOut > 0;
  }
}
