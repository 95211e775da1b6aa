package dev.flightlog.benchmarks.harness;

import java.io.IOException;

/** One published comparison. */
public interface Benchmark {
  /** What is typed. */
  String name();

  /** What is compared, in one line. */
  String title();

  /** Runs all contenders in turn, several rounds. Takes minutes. */
  Report run(Settings settings) throws IOException, InterruptedException;
}
