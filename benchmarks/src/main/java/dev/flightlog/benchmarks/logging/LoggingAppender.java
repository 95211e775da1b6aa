package dev.flightlog.benchmarks.logging;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The appender for Logback beside Logback's own asynchronous one, with the same content. */
public final class LoggingAppender implements Benchmark {
  private static final int[] THREADS = {1, 8};

  @Override
  public String name() {
    return "logging-appender";
  }

  @Override
  public String title() {
    return "entries a second until all are in their files, and how long a call takes";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 3, 1);
    int entries = settings.number("entries", 400_000, 40_000);
    int rate = settings.number("rate", 20_000, 5_000);
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      for (int threads : THREADS) {
        for (Appenders who : Appenders.values()) {
          Path folder = settings.emptyFolder(name());
          List<String> arguments =
              List.of(
                  who.name(),
                  folder.toString(),
                  Integer.toString(threads),
                  Integer.toString(entries),
                  Integer.toString(rate));
          found.addAll(
              who.title(),
              Forked.java(AppenderProcess.class, List.of("-Xms1g", "-Xmx1g"), arguments).figures());
        }
      }
    }
    settings.emptyFolder(name());
    Report report =
        new Report(found)
            .setting("rounds", rounds)
            .setting("entries_per_round", entries)
            .setting("entries_per_second_for_latency", rate);
    String ours = Appenders.FLIGHTLOG.title();
    String peer = Appenders.LOGBACK_ASYNC.title();
    for (int threads : THREADS) {
      String of = threads + " threads: ";
      String words = threads == 1 ? "1 thread, " : threads + " threads, ";
      report
          .verdict(
              Verdict.atLeast(
                  words + "Logback's asynchronous appender",
                  1,
                  found,
                  ours,
                  peer,
                  of + "entries/s"))
          .verdict(Verdict.atMost(words + "p99 of a call", 1, found, ours, peer, of + "p99 us"))
          .verdict(Verdict.bound(words + "lost entries", 0, found, ours, of + "lost"));
    }
    return report.remark(
        "Flightlog writes a line and an event, redacted, both of which survive kill -9; what stands"
            + " in the queue of the other does not.");
  }
}
