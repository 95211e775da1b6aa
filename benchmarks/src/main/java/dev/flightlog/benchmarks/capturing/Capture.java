package dev.flightlog.benchmarks.capturing;

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

/**
 * An agent that works and tells what it does, line by line, once with its output taken down by the
 * worker, once with its output in a file. The agent itself measures its time.
 */
public final class Capture implements Benchmark {
  private static final String OURS = "captured";
  private static final String PEER = "output in a file";

  /** Prints a real run line by line, works between the lines, and tells how long it took. */
  private static final String AGENT =
      """
      begin=$(date +%%s%%N)
      awk '{ print; fflush(); for (i = 0; i < %d; i++) n += i }' %s
      end=$(date +%%s%%N)
      echo $((end - begin)) > %s
      """;

  @Override
  public String name() {
    return "capture";
  }

  @Override
  public String title() {
    return "an agent's run with its output taken down, beside its output in a file";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 15, 3);
    int work = settings.number("work", 60_000, 20_000);
    Path folder = settings.emptyFolder("capture");
    Path lines =
        settings.root().toAbsolutePath().resolve("tasks/src/test/resources/agents/draft-1.jsonl");
    Path told = folder.resolve("nanoseconds").toAbsolutePath();
    String agent = AGENT.formatted(work, lines, told);
    Measurements found = new Measurements();
    for (int round = -1; round < rounds; round++) {
      double captured = captured(settings, agent, told);
      double plain = plain(folder, agent, told);
      if (round >= 0) {
        found.add(OURS, "agent ms", captured);
        found.add(PEER, "agent ms", plain);
      }
    }
    return new Report(found)
        .setting("rounds", rounds)
        .setting("work", work)
        .verdict(Verdict.atMost("time of an agent's run", 1.02, found, OURS, PEER, "agent ms"))
        .remark("The agent prints a real run of 179 lines (248 kB) and works between the lines.");
  }

  private static double captured(Settings settings, String agent, Path told)
      throws IOException, InterruptedException {
    Path home = settings.emptyFolder("capture-home");
    Forked.java(
        CaptureProcess.class,
        CaptureProcess.OPTIONS,
        List.of(home.toAbsolutePath().toString(), agent, "1"));
    return millis(told);
  }

  private static double plain(Path folder, String agent, Path told)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output").toAbsolutePath();
    Forked.run(List.of("sh", "-c", "exec > " + output + "\n" + agent), Map.of());
    return millis(told);
  }

  private static double millis(Path told) throws IOException {
    return Double.parseDouble(Files.readString(told).strip()) / 1e6;
  }
}
