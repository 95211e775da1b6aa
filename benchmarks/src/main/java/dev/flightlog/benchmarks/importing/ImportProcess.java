package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.importer.ImportReport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Flightlog's importer in a fresh process and an empty home. Arguments: HOME PATH... */
final class ImportProcess {
  private ImportProcess() {}

  public static void main(String[] arguments) throws Exception {
    List<Path> paths = Arrays.stream(arguments).skip(1).map(Path::of).toList();
    ImportReport report = Index.fill(Path.of(arguments[0]), paths);
    Forked.report(System.out, "events", report.imported());
    Forked.report(System.out, "lines", report.lines());
    Forked.report(System.out, "set aside", report.quarantined());
  }
}
