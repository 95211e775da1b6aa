package dev.flightlog.benchmarks.recording;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a call costs a program that logs at a steady rate. */
public final class RecorderLatency implements Benchmark {
  private static final List<Contenders> WHO =
      List.of(
          Contenders.FLIGHTLOG,
          Contenders.LOG4J_ASYNC,
          Contenders.LOG4J_ASYNC_FLUSH,
          Contenders.LOGBACK_ASYNC,
          Contenders.LOGBACK);

  private final boolean variety;

  private RecorderLatency(boolean variety) {
    this.variety = variety;
  }

  /** Each thread is always the same agent in the same session. */
  public static RecorderLatency alike() {
    return new RecorderLatency(false);
  }

  /** 200 sessions, 500 stories and 40 agents in turn, with details as a map. */
  public static RecorderLatency amongMany() {
    return new RecorderLatency(true);
  }

  @Override
  public String name() {
    return "recorder-latency" + (variety ? "-variety" : "");
  }

  @Override
  public String title() {
    return "time of one log call at 20,000 events/s from 8 threads"
        + (variety ? ", among many" : "");
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 3, 1);
    int threads = settings.number("threads", 8, 8);
    int rate = settings.number("rate", 20_000, 20_000);
    int warmup = settings.number("warmup", 4, 2);
    int seconds = settings.number("seconds", 10, 3);
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      for (Contenders who : WHO) {
        Path folder = settings.emptyFolder(name());
        List<String> arguments =
            List.of(
                who.name(),
                folder.toString(),
                Integer.toString(threads),
                Integer.toString(rate),
                Integer.toString(warmup),
                Integer.toString(seconds),
                Boolean.toString(variety));
        found.addAll(
            who.title(), Forked.java(LatencyProcess.class, who.javaOptions(), arguments).figures());
      }
    }
    settings.emptyFolder(name());
    String ours = Contenders.FLIGHTLOG.title();
    String peer = Contenders.LOG4J_ASYNC.title();
    return new Report(found)
        .setting("rounds", rounds)
        .setting("threads", threads)
        .setting("events_per_second", rate)
        .setting("warmup_seconds", warmup)
        .setting("seconds_per_round", seconds)
        .verdict(Verdict.atMost("p50 of a call", 0.5, found, ours, peer, "p50 us"))
        .verdict(
            Verdict.atMost("p99.9 of a call", variety ? 0.6 : 0.7, found, ours, peer, "p99.9 us"))
        .verdict(Verdict.bound("lost events", 0, found, ours, "lost"))
        .remark("Only Flightlog redacts; only Flightlog and Logback sync survive kill -9.");
  }
}
