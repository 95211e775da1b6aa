package dev.flightlog.benchmarks.launching;

import dev.flightlog.benchmarks.generated.Journals;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.benchmarks.importing.IndexCache;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A question from the shell, from start to exit, beside what a bare runtime takes. */
public final class CommandLine implements Benchmark {
  private static final String OURS = "./flightlog ask errors";
  private static final String HELP = "./flightlog --help";
  private static final String JVM = "bare JVM";
  private static final String NODE = "node -e 0";

  @Override
  public String name() {
    return "cli";
  }

  @Override
  public String title() {
    return "a question from the shell, whole process, warm machine";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 20, 5);
    int events = settings.number("events", 1_000_000, 200_000);
    Path home = IndexCache.of(Journals.of(events, settings.work()), settings);
    String launcher = settings.root().toAbsolutePath().resolve("flightlog").toString();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(OURS, List.of(launcher, "ask", "errors", "--home", home.toString()));
    commands.put(HELP, List.of(launcher, "--help"));
    commands.put(
        JVM,
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path").split(File.pathSeparator)[0],
            Nothing.class.getName()));
    if (isThere("node")) {
      commands.put(NODE, List.of("node", "-e", "0"));
    }
    Measurements found = new Measurements();
    for (int round = -2; round < rounds; round++) {
      for (Map.Entry<String, List<String>> each : commands.entrySet()) {
        Forked.Outcome outcome = Forked.run(each.getValue(), Map.of());
        if (round >= 0) {
          found.add(each.getKey(), "ms", outcome.seconds() * 1e3);
          found.add(each.getKey(), "cpu ms", outcome.cpuSeconds() * 1e3);
          found.add(each.getKey(), "peak MB", outcome.megabytes());
        }
      }
    }
    return new Report(found)
        .setting("rounds", rounds)
        .setting("events", events)
        .verdict(Verdict.bound("time of a question", 300, found, OURS, "ms"))
        .verdict(Verdict.bound("stretch", 150, found, OURS, "ms"))
        .verdict(Verdict.bound("memory of a question", 150, found, OURS, "peak MB"))
        .remark("Over " + events + " events. CPU times have a resolution of 10 ms.");
  }

  private static boolean isThere(String command) throws InterruptedException {
    try {
      Forked.run(List.of(command, "--version"), Map.of());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
