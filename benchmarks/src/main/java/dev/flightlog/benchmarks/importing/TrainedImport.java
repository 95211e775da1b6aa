package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.generated.Journals;
import dev.flightlog.benchmarks.generated.Transcripts;
import dev.flightlog.benchmarks.harness.Launched;
import dev.flightlog.benchmarks.harness.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The import in a fresh process, started as the launcher starts it. */
final class TrainedImport {
  static final String REMARK =
      "Flightlog starts as its launcher starts an import: with an ahead-of-time cache, made before"
          + " by an import of little.";

  private TrainedImport() {}

  /** The class that imports, trained with a few journals and transcripts. */
  static Launched of(Settings settings) throws IOException, InterruptedException {
    Path folder = settings.emptyFolder("trained-import");
    Path journals = Journals.of(20_000, settings.work());
    Path transcripts = Transcripts.ofSize(5_000_000, settings.root(), settings.work());
    List<String> training =
        List.of(folder.resolve("home").toString(), journals.toString(), transcripts.toString());
    return Launched.trained(ImportProcess.class, ImportJournals.JAVA, training, folder);
  }
}
