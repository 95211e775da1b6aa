package dev.flightlog.importer;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was read so far of some files. Belongs to the thread that reads. */
final class ImportTotals {
  long lines;
  long unknown;
  final Map<String, Long> unknownKinds = new TreeMap<>();
  final Map<String, Long> strangeFields = new TreeMap<>();
  long quarantined;
  long doneBytes;
  final Set<String> sessions = new HashSet<>();

  /** Adds what was read of files behind these. */
  void add(ImportTotals other) {
    lines += other.lines;
    unknown += other.unknown;
    other.unknownKinds.forEach((kind, count) -> unknownKinds.merge(kind, count, Long::sum));
    other.strangeFields.forEach((field, count) -> strangeFields.merge(field, count, Long::sum));
    quarantined += other.quarantined;
    doneBytes = other.doneBytes;
    sessions.addAll(other.sessions);
  }
}
