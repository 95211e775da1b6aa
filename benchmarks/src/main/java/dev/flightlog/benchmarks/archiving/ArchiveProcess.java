package dev.flightlog.benchmarks.archiving;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.runs.archive.Completion;
import dev.flightlog.runs.archive.RunArchive;
import dev.flightlog.runs.files.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Archives a run as {@code flightlog run archive} does: reads its logs, writes metrics and archive,
 * reads that back, writes metadata and summary. Reports what memory it took (Linux only).
 */
final class ArchiveProcess {
  private static final Path MEMORY = Path.of("/proc/self/status");

  private ArchiveProcess() {}

  public static void main(String[] arguments) throws IOException {
    double idle = megabytes("VmRSS");
    RunArchive.Made made = Completion.archive(new RunFolder(Path.of(arguments[0])), null);
    Forked.report(System.out, "above idle MB", megabytes("VmHWM") - idle);
    Forked.report(System.out, "resident MB", megabytes("VmHWM"));
    Forked.report(System.out, "archive MB", made.archive().size() / 1048576.0);
  }

  private static double megabytes(String what) throws IOException {
    if (!Files.exists(MEMORY)) {
      return Double.NaN;
    }
    for (String line : Files.readAllLines(MEMORY)) {
      if (line.startsWith(what + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    return Double.NaN;
  }
}
