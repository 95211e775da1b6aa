package dev.flightlog.importer;

import dev.flightlog.event.files.Sha256;
import dev.flightlog.formats.Format;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.importer.bytes.FileMark;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a file became no event: records of kinds that no reader knows, which are counted by name,
 * and pieces that are no record, which go to quarantine. Belongs to the thread that reads.
 */
final class Leftovers {
  private final ImportTotals totals;
  private final Format format;
  private final Map<String, Long> unknown = new TreeMap<>();
  private final Map<String, Long> strangeBefore = new TreeMap<>();
  private long setAside;

  Leftovers(ImportTotals totals, Format format) {
    this.totals = totals;
    this.format = format;
  }

  /** Goes on from what was counted of the file before. */
  void resume(FileMark mark) {
    unknown.putAll(mark.unknown());
    strangeBefore.putAll(mark.strange());
    setAside = mark.setAside();
  }

  /** A record of an unknown kind. */
  void unknown(Reading.Unknown record) {
    totals.unknown++;
    unknown.merge(record.kind(), 1L, Long::sum);
    totals.unknownKinds.merge(format.name() + ": " + record.kind(), 1L, Long::sum);
  }

  /** How many records of each unknown kind the file holds. */
  Map<String, Long> unknown() {
    return unknown;
  }

  /** How often unknown fields were met in the file, with those that its reader has met by now. */
  Map<String, Long> strange(Map<String, Long> now) {
    if (strangeBefore.isEmpty()) {
      return now;
    }
    Map<String, Long> all = new TreeMap<>(strangeBefore);
    now.forEach((field, count) -> all.merge(field, count, Long::sum));
    return all;
  }

  /** The file is read to its end, and its reader has met these unknown fields. */
  void end(Map<String, Long> strange) {
    strange.forEach((field, count) ->
        totals.strangeFields.merge(format.name() + ": " + field, count, Long::sum));
  }

  /** How many pieces of the file were set aside. */
  long setAside() {
    return setAside;
  }

  /** A piece that is held as a whole. */
  void piece(
      Quarantine into,
      String source,
      String fingerprint,
      long offset,
      String reason,
      byte[] bytes,
      int from,
      int to) {
    var digest = Sha256.digest();
    digest.update(bytes, from, to - from);
    var piece = new Quarantine.Piece(source, fingerprint, offset, to - from, digest.digest());
    piece(into, piece, reason, bytes, from, to);
  }

  /** A piece of which these bytes are the head. */
  void piece(
      Quarantine into, Quarantine.Piece piece, String reason, byte[] bytes, int from, int to) {
    setAside++;
    if (into.add(piece, reason, bytes, from, to)) {
      totals.quarantined++;
    }
  }
}
