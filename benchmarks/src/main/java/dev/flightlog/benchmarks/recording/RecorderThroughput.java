package dev.flightlog.benchmarks.recording;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How many events a second reach the file, lines counted afterwards. */
public final class RecorderThroughput implements Benchmark {
  private static final int[] THREADS = {1, 8};

  private final boolean variety;

  private RecorderThroughput(boolean variety) {
    this.variety = variety;
  }

  /** Each thread is always the same agent in the same session. */
  public static RecorderThroughput alike() {
    return new RecorderThroughput(false);
  }

  /** 200 sessions, 500 stories and 40 agents in turn, with details as a map. */
  public static RecorderThroughput amongMany() {
    return new RecorderThroughput(true);
  }

  @Override
  public String name() {
    return "recorder-throughput" + (variety ? "-variety" : "");
  }

  @Override
  public String title() {
    return "events a second until all lines are in the file, 1 and 8 threads"
        + (variety ? ", among many" : "");
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 3, 1);
    int events = settings.number("events", 800_000, 200_000);
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      for (int threads : THREADS) {
        for (Contenders who : Contenders.values()) {
          Path folder = settings.emptyFolder(name());
          List<String> arguments =
              List.of(
                  who.name(),
                  folder.toString(),
                  Integer.toString(threads),
                  Integer.toString(events),
                  Boolean.toString(variety));
          found.addAll(
              who.title(),
              Forked.java(ThroughputProcess.class, who.javaOptions(), arguments).figures());
        }
      }
    }
    settings.emptyFolder(name());
    Report report = new Report(found).setting("rounds", rounds).setting("events_per_round", events);
    String ours = Contenders.FLIGHTLOG.title();
    for (int threads : THREADS) {
      String metric = threads + " threads: events/s";
      String safe = best(found, metric, true);
      String fast = best(found, metric, false);
      String of = threads == 1 ? "1 thread, " : threads + " threads, ";
      report
          .verdict(
              Verdict.atLeast(
                  of + "peers that survive kill -9", variety ? 3 : 2, found, ours, safe, metric))
          .verdict(Verdict.atLeast(of + "asynchronous peers", 2, found, ours, fast, metric));
    }
    return report
        .verdict(Verdict.bound("garbage of a call", 64, found, ours, "garbage/event, caller"))
        .verdict(Verdict.bound("lost events, 1 thread", 0, found, ours, "1 threads: lost"))
        .verdict(Verdict.bound("lost events, 8 threads", 0, found, ours, "8 threads: lost"))
        .remark("Only Flightlog redacts. Peers write the same fields in the shape they have.");
  }

  private static String best(Measurements found, String metric, boolean survivesKill) {
    List<String> peers =
        Arrays.stream(Contenders.values())
            .filter(each -> !each.redacts() && each.survivesKill() == survivesKill)
            .map(Contenders::title)
            .toList();
    return Verdict.largest(found, peers, metric);
  }
}
