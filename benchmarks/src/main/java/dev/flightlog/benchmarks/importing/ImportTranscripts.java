package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.generated.Transcripts;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Launched;
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
  private static final String WITHOUT = "Flightlog, no index of words";
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
    Launched trained = TrainedImport.of(settings);
    for (int round = 0; round < rounds; round++) {
      for (String who : List.of(OURS, WITHOUT)) {
        Path home = settings.emptyFolder("import-transcripts");
        List<String> arguments = List.of(home.toString(), projects.toString());
        Forked.Outcome outcome =
            trained.run(who.equals(OURS) ? arguments : with(ImportProcess.NO_WORDS, arguments));
        found.add(who, RATE, megabytes / outcome.seconds());
        found.add(who, "cpu s", outcome.cpuSeconds());
        found.add(who, "peak MB", outcome.megabytes());
        found.add(who, "events", outcome.figures().getOrDefault("events", Double.NaN));
        found.add(who, "file MB", Files.size(Index.in(home)) / 1e6);
      }
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
      report
          .verdict(Verdict.atLeast("a reader that only sums", 0.25, found, OURS, PEER, RATE))
          .verdict(Verdict.atLeast("the same, no words", 0.35, found, WITHOUT, PEER, RATE));
    } else {
      report.remark("ccusage could not be had here.");
    }
    report.remark(TrainedImport.REMARK);
    return report.verdict(
        Verdict.bound("nothing to do, 1,000 files", 50, found, OURS, "unchanged tree: ms"));
  }

  private static List<String> with(String first, List<String> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toList();
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> each.toString().endsWith(".jsonl"))
          .mapToLong(each -> each.toFile().length())
          .sum();
    }
  }
}
