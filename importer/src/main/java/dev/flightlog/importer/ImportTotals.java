package dev.flightlog.importer;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an import read so far, over all files. Belongs to the thread that reads. */
final class ImportTotals {
  long lines;
  long unknown;
  final Map<String, Long> unknownKinds = new TreeMap<>();
  final Map<String, Long> strangeFields = new TreeMap<>();
  long quarantined;
  long doneBytes;
  final Set<String> sessions = new HashSet<>();
}
