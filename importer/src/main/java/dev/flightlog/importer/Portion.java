package dev.flightlog.importer;

import dev.flightlog.formats.Format;
import dev.flightlog.importer.FileFinder.Found;
import dev.flightlog.importer.bytes.FileMark;
import dev.flightlog.importer.bytes.FileMark.Stamp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that follow one another and that one thread reads, with what it found. Belongs to that
 * thread until its last rows are handed over.
 */
final class Portion {
  /** Files are added until a portion has so many bytes: a few loads. */
  private static final long ENOUGH = 4 << 20;

  private final List<Job> jobs = new ArrayList<>();
  private final Handover handover = new Handover();
  private final ImportTotals totals = new ImportTotals();
  private final Map<Path, String> skipped = new LinkedHashMap<>();

  /**
   * A file to be read.
   *
   * @param closed true when nobody goes on writing it
   * @param mark how far it was read before, or null
   */
  record Job(Found file, Format format, Stamp stamp, boolean closed, @Nullable FileMark mark) {
    /** In bytes, as it was found. */
    long size() {
      return file.attributes().size();
    }
  }

  private Portion(long doneBytes) {
    totals.doneBytes = doneBytes;
  }

  /** Divides the files, in their order. */
  static List<Portion> of(List<Job> jobs) {
    List<Portion> portions = new ArrayList<>();
    long done = 0;
    long begun = -ENOUGH;
    for (Job job : jobs) {
      if (done - begun >= ENOUGH) {
        portions.add(new Portion(done));
        begun = done;
      }
      portions.getLast().jobs.add(job);
      done += job.size();
    }
    return portions;
  }

  List<Job> jobs() {
    return jobs;
  }

  Handover handover() {
    return handover;
  }

  ImportTotals totals() {
    return totals;
  }

  /** The files that could not be read, or not to their end, with the reason. */
  Map<Path, String> skipped() {
    return skipped;
  }
}
