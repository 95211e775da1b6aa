package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.generated.Transcripts;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Transcripts with everything kept, against a reader that only sums their tokens. */
public final class ImportTranscripts implements Benchmark {
  private static final String OURS = "Flightlog, everything stored";
  private static final String PEER = "ccusage 20.0.24, tokens summed";
  private static final String RATE = "MB/s";

  @Override
  public String name() {
    return "import-transcripts";
  }

  @Override
  public String title() {
    return "Claude Code transcripts, whole cold processes; an unchanged tree of 1,000 files";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 5, 1);
    int size = settings.number("megabytes", 200, 20);
    String data = settings.option("data");
    Path projects =
        data == null
            ? Transcripts.ofSize(size * 1_000_000L, settings.root(), settings.work())
            : Path.of(data).toAbsolutePath();
    double megabytes = bytes(projects) / 1e6;
    Path ccusage = settings.peers().resolve("ccusage-20.0.24");
    boolean withPeer = Files.isExecutable(ccusage);
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      Path home = settings.emptyFolder("import-transcripts");
      Forked.Outcome ours =
          Forked.java(
              ImportProcess.class,
              ImportJournals.JAVA,
              List.of(home.toString(), projects.toString()));
      found.add(OURS, RATE, megabytes / ours.seconds());
      found.add(OURS, "cpu s", ours.cpuSeconds());
      found.add(OURS, "peak MB", ours.megabytes());
      found.add(OURS, "events", ours.figures().getOrDefault("events", Double.NaN));
      if (withPeer) {
        // It looks for the folder "projects" below its configuration folder.
        Map<String, String> where =
            Map.of("CLAUDE_CONFIG_DIR", String.valueOf(projects.getParent()));
        List<String> command =
            List.of(ccusage.toString(), "claude", "daily", "--json", "--offline");
        Forked.Outcome theirs = Forked.run(command, where);
        found.add(PEER, RATE, megabytes / theirs.seconds());
        found.add(PEER, "cpu s", theirs.cpuSeconds());
        found.add(PEER, "peak MB", theirs.megabytes());
      }
    }
    Path thousand = Transcripts.ofFiles(1000, settings.root(), settings.work());
    Path home = settings.emptyFolder("import-transcripts");
    found.addAll(
        OURS,
        Forked.java(
                UnchangedProcess.class,
                ImportJournals.JAVA,
                List.of(home.toString(), thousand.toString()))
            .figures());
    settings.emptyFolder("import-transcripts");
    Report report = new Report(found).setting("rounds", rounds).setting("megabytes", megabytes);
    if (withPeer) {
      report.verdict(Verdict.atLeast("a reader that only sums", 0.5, found, OURS, PEER, RATE));
    } else {
      report.remark("ccusage could not be had here.");
    }
    return report.verdict(
        Verdict.bound("nothing to do, 1,000 files", 50, found, OURS, "unchanged tree: ms"));
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> each.toString().endsWith(".jsonl"))
          .mapToLong(each -> each.toFile().length())
          .sum();
    }
  }
}
