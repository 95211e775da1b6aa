package dev.flightlog.importer;

import java.util.Map;

/**
 * What an import did.
 *
 * @param files files that hold something known, changed or not
 * @param lines lines read in this run; blank ones do not count
 * @param imported events that are new
 * @param duplicates reports of events that were kept already
 * @param quarantined pieces newly set aside
 * @param sessions distinct sessions met on the lines read in this run
 * @param elapsedMs milliseconds
 * @param unknown lines that are well formed and of no known kind; they were passed over
 * @param unknownKinds how many of each kind there were, by format and kind
 * @param strangeFields how often fields were met that are not known of their record, by format and
 *     name; what else stands in the record was read
 * @param leftOut files that were left out, or not read to their end; each was told with its reason
 */
public record ImportReport(
    long files,
    long lines,
    long imported,
    long duplicates,
    long quarantined,
    long sessions,
    long elapsedMs,
    long unknown,
    Map<String, Long> unknownKinds,
    Map<String, Long> strangeFields,
    long leftOut) {}
