package dev.flightlog.importer;

/**
 * What an importer has done since it was made, all runs together. Immutable.
 *
 * @param runs that ended well
 * @param lines that were read
 * @param imported events that were new
 * @param duplicates reports of events that were kept already
 * @param quarantined pieces that were set aside
 * @param unknown lines of no known kind
 */
public record ImportCounts(
    long runs, long lines, long imported, long duplicates, long quarantined, long unknown) {
  public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0, 0);

  ImportCounts plus(ImportReport report) {
    return new ImportCounts(
        runs + 1,
        lines + report.lines(),
        imported + report.imported(),
        duplicates + report.duplicates(),
        quarantined + report.quarantined(),
        unknown + report.unknown());
  }
}
