package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.importer.ImportReport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Flightlog's importer in a fresh process and an empty home. Arguments: [{@value #NO_WORDS}] HOME
 * PATH...
 */
final class ImportProcess {
  /** The index of words is left out, as {@code index.search = false} does. */
  static final String NO_WORDS = "--no-words";

  private ImportProcess() {}

  public static void main(String[] arguments) throws Exception {
    int first = arguments[0].equals(NO_WORDS) ? 1 : 0;
    List<Path> paths = Arrays.stream(arguments).skip(first + 1).map(Path::of).toList();
    ImportReport report = Index.fill(Path.of(arguments[first]), paths, first == 0);
    Forked.report(System.out, "events", report.imported());
    Forked.report(System.out, "lines", report.lines());
    Forked.report(System.out, "set aside", report.quarantined());
  }
}
