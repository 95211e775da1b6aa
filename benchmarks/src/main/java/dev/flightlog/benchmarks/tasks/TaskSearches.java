package dev.flightlog.benchmarks.tasks;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Searches over tasks and their figures, warm, in process; filling the index and exporting it. */
public final class TaskSearches implements Benchmark {
  private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx512m");
  private static final String OURS = "Flightlog";

  @Override
  public String name() {
    return "tasks-search";
  }

  @Override
  public String title() {
    return "searches over tasks and their figures in process, milliseconds, warm";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int tasks = settings.number("tasks", 1_000_000, 50_000);
    int rounds = settings.number("rounds", 3, 1);
    int times = settings.number("times", 25, 10);
    Path home = settings.emptyFolder("tasks-" + tasks);
    Measurements found = new Measurements();
    Map<String, Double> filled = process("fill", home, tasks);
    found.addAll("filling", filled);
    for (int round = 0; round < rounds; round++) {
      found.addAll(OURS, process("ask", home, times));
    }
    Report report =
        new Report(found)
            .setting("tasks", tasks)
            .setting("rounds", rounds)
            .setting("times", times)
            .remark("catch up: every task event of the store becomes a row, words included.");
    for (String metric : found.metrics()) {
      if (!filled.containsKey(metric)) {
        int most = metric.startsWith("stats") ? 10 : 100;
        report.verdict(Verdict.bound(metric + ", ms", most, found, OURS, metric));
      }
    }
    return report;
  }

  private static Map<String, Double> process(String what, Path home, int number)
      throws IOException, InterruptedException {
    List<String> arguments = List.of(what, home.toString(), Integer.toString(number));
    return Forked.java(TaskSearchProcess.class, JAVA, arguments).figures();
  }
}
