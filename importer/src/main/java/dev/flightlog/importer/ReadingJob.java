package dev.flightlog.importer;

import dev.flightlog.formats.Format;
import dev.flightlog.importer.FileFinder.Found;
import dev.flightlog.importer.bytes.FileMark;
import dev.flightlog.importer.bytes.FileMark.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * A file to be read.
 *
 * @param closed true when nobody goes on writing it
 * @param mark how far it was read before, or null
 */
record ReadingJob(Found file, Format format, Stamp stamp, boolean closed, @Nullable FileMark mark) {
  /** In bytes, as it was found. */
  long size() {
    return file.attributes().size();
  }
}
