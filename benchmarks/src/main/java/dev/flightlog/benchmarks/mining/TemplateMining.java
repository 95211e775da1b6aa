package dev.flightlog.benchmarks.mining;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.patterns.templates.TemplatedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Grouping of LogHub's lines beside Drain3, and the speed of both on the same lines. */
public final class TemplateMining implements Benchmark {
  private static final String OURS = "Flightlog";
  private static final String PEER = "Drain3, defaults";
  private static final String ACCURACY = "grouping accuracy";
  private static final String F1 = "F1 of groups";
  private static final String SPEED = "lines/s";

  @Override
  public String name() {
    return "templates";
  }

  @Override
  public String title() {
    return "templates of LogHub's 16 x 2,000 lines: grouping, one setting for all; lines a second";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    Path loghub = folder(settings, "loghub", "FLIGHTLOG_LOGHUB");
    Path drain3 = folder(settings, "drain3", "FLIGHTLOG_DRAIN3");
    boolean whole = "whole".equals(settings.option("lines"));
    int rounds = settings.number("rounds", 3, 1);
    int repeat = settings.number("repeat", 5, 1);
    Path scratch = settings.emptyFolder("templates");
    Path script = settings.root().resolve("benchmarks/src/main/python/drain3_lines.py");
    List<LogHubSet> sets = LogHubSet.all(loghub, scratch, whole);
    if (sets.isEmpty()) {
      throw new IOException("there is no *_2k.log_structured.csv below " + loghub);
    }
    Measurements found = new Measurements();
    double[] sums = new double[4];
    for (LogHubSet set : sets) {
      Grouped ours = Grouped.of(set.groups(), ours(set));
      Grouped theirs = Grouped.of(set.groups(), drain3(script, drain3, set));
      add(found, set.name(), ours, theirs);
      double[] figures = {ours.accuracy(), ours.f1(), theirs.accuracy(), theirs.f1()};
      for (int i = 0; i < figures.length; i++) {
        sums[i] += figures[i] / sets.size();
      }
    }
    found.add(OURS, ACCURACY, sums[0]);
    found.add(OURS, F1, sums[1]);
    found.add(PEER, ACCURACY, sums[2]);
    found.add(PEER, F1, sums[3]);
    Path all = repeated(sets, repeat, scratch);
    for (int round = 0; round < rounds; round++) {
      List<String> mine = List.of(all.toString(), settings.quick() ? "3" : "9");
      Forked.Outcome ours = Forked.java(MineProcess.class, List.of("-Xmx256m"), mine);
      found.addAll(OURS, ours.figures());
      found.add(OURS, "peak MB", ours.megabytes());
      List<String> drain =
          List.of("python3", script.toString(), drain3.toString(), "speed", all.toString());
      Forked.Outcome theirs = Forked.run(drain, Map.of());
      found.addAll(PEER, theirs.figures());
      found.add(PEER, "peak MB", theirs.megabytes());
    }
    Report report = new Report(found).setting("rounds", rounds).setting("lines", whole);
    if (whole) {
      return report.remark("whole lines with their headers, which the truth takes no account of");
    }
    return report
        .setting("times each line", repeat)
        .verdict(Verdict.floor("grouping accuracy, mean of the sets", 0.95, found, OURS, ACCURACY))
        .verdict(Verdict.floor("F1 of groups, mean of the sets", 0.85, found, OURS, F1))
        .verdict(Verdict.atLeast("templates of lines", 8, found, OURS, PEER, SPEED));
  }

  private static Path folder(Settings settings, String option, String variable) throws IOException {
    String given = settings.option(option);
    String named = given == null ? System.getenv(variable) : given;
    if (named == null || !Files.isDirectory(Path.of(named))) {
      throw new IOException(
          "clone github.com/logpai/loghub and github.com/logpai/Drain3, then name them:"
              + " --loghub FOLDER --drain3 FOLDER (or FLIGHTLOG_LOGHUB, FLIGHTLOG_DRAIN3)");
    }
    return Path.of(named).toAbsolutePath();
  }

  private static void add(Measurements found, String set, Grouped ours, Grouped theirs) {
    found.add(set, ACCURACY, ours.accuracy());
    found.add(set, F1, ours.f1());
    found.add(set, "Drain3: accuracy", theirs.accuracy());
    found.add(set, "Drain3: F1", theirs.f1());
  }

  private static List<String> ours(LogHubSet set) throws IOException {
    List<String> ids = new ArrayList<>();
    TemplatedLines.learn(set.lines()).tell((number, template) -> ids.add(template.id()));
    return ids;
  }

  private static List<String> drain3(Path script, Path drain3, LogHubSet set)
      throws IOException, InterruptedException {
    Path out = set.lines().resolveSibling(set.name() + ".groups");
    Forked.run(
        List.of(
            "python3",
            script.toString(),
            drain3.toString(),
            "groups",
            set.lines().toString(),
            out.toString()),
        Map.of());
    return Files.readAllLines(out);
  }

  private static Path repeated(List<LogHubSet> sets, int times, Path scratch) throws IOException {
    Path all = scratch.resolve("all.txt");
    StringBuilder text = new StringBuilder();
    for (LogHubSet set : sets) {
      text.append(Files.readString(set.lines()));
    }
    Files.writeString(all, text.toString().repeat(times));
    return all;
  }
}
