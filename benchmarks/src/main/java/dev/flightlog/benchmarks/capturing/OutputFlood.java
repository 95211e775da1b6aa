package dev.flightlog.benchmarks.capturing;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An agent that prints a gigabyte: as lines, on one line, as bytes that are no text. */
public final class OutputFlood implements Benchmark {
  @Override
  public String name() {
    return "output-flood";
  }

  @Override
  public String title() {
    return "agent output of 1 GB: what the worker takes, and what comes into the file";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 3, 1);
    int megabytes = settings.number("megabytes", 1024, 200);
    long bytes = megabytes * 1048576L;
    Map<String, String> agents = new LinkedHashMap<>();
    agents.put(
        "lines",
        "yes 'a line as agents print them, of some eighty characters or a little more' | head -c "
            + bytes);
    agents.put("one line", "head -c " + bytes + " /dev/zero | tr '\\0' x");
    agents.put("no text", "head -c " + bytes + " /dev/urandom");
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, String> each : agents.entrySet()) {
        Path home = settings.emptyFolder("flood-home");
        Forked.Outcome outcome =
            Forked.java(
                CaptureProcess.class,
                CaptureProcess.OPTIONS,
                List.of(home.toAbsolutePath().toString(), each.getValue(), "1"));
        found.addAll(each.getKey(), outcome.figures());
        found.add(each.getKey(), "seconds", outcome.seconds());
      }
    }
    Report report =
        new Report(found)
            .setting("rounds", rounds)
            .setting("megabytes", megabytes)
            .remark(
                "The output limit is 100 MiB; every run ended in success, the file with a mark.");
    for (String agent : agents.keySet()) {
      report
          .verdict(Verdict.bound(megabytes + " MiB, " + agent, 64, found, agent, "above idle MB"))
          .verdict(Verdict.bound("file of " + agent, 100, found, agent, "file MB"));
    }
    return report;
  }
}
