package dev.flightlog.benchmarks.archiving;

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

/** The archive of a gigabyte of logs, beside {@code tar | gzip -6} of the same folder. */
public final class RunArchives implements Benchmark {
  private static final String OURS = "run archive";
  private static final String PEER = "tar | gzip -6";

  /** As {@code ./flightlog} starts Java. */
  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms24m", "-Xmx1g");

  @Override
  public String name() {
    return "run-archive";
  }

  @Override
  public String title() {
    return "a run of 1 GB of logs becomes an archive that was read back; its memory";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 3, 1);
    int megabytes = settings.number("megabytes", 1000, 50);
    Path run = settings.work().resolve("run-archive-" + megabytes);
    if (!Files.exists(run.resolve("complete"))) {
      Settings.delete(run);
      GeneratedLogs.write(run.resolve("logs"), megabytes * 1_000_000L);
      Files.createFile(run.resolve("complete"));
    }
    Path packed = settings.work().resolve("run-archive.peer.tar.gz");
    List<String> peer =
        List.of("sh", "-c", "tar cf - -C \"$0\" logs | gzip -6 >\"$1\"", run + "", packed + "");
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      add(found, PEER, Forked.run(peer, Map.of()));
      found.add(PEER, "archive MB", Files.size(packed) / 1048576.0);
      add(found, OURS, Forked.java(ArchiveProcess.class, OPTIONS, List.of(run.toString())));
    }
    Files.delete(packed);
    return new Report(found)
        .setting("rounds", rounds)
        .setting("megabytes", megabytes)
        .verdict(Verdict.atMost("archive of a run, time", 1.2, found, OURS, PEER, "seconds"))
        .verdict(
            Verdict.atMost("archive of a run, processor time", 1.2, found, OURS, PEER, "cpu s"))
        .verdict(
            Verdict.bound(
                "archive of a run, memory of the process", 64, found, OURS, "resident MB"))
        .remark(
            "Ours also reads the logs for metrics and summary, hashes the archive, and reads it"
                + " back, byte by byte.");
  }

  private static void add(Measurements found, String who, Forked.Outcome outcome) {
    found.add(who, "seconds", outcome.seconds());
    found.add(who, "cpu s", outcome.cpuSeconds());
    found.addAll(who, outcome.figures());
  }
}
