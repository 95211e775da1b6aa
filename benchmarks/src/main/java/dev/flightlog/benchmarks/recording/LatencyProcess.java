package dev.flightlog.benchmarks.recording;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.LineCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One contender at a fixed rate. Each thread has a timetable and keeps to it: after a slow call it
 * makes up for what it is late. A call longer than the interval also stands for those that had to
 * wait behind it (the correction of HdrHistogram), so that a stall counts in full.
 */
final class LatencyProcess {
  private static final long LONGEST = 60_000_000_000L;

  private LatencyProcess() {}

  public static void main(String[] arguments) throws Exception {
    Contenders who = Contenders.valueOf(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int threads = Integer.parseInt(arguments[2]);
    int rate = Integer.parseInt(arguments[3]);
    int warmup = Integer.parseInt(arguments[4]);
    int seconds = Integer.parseInt(arguments[5]);
    boolean variety = Boolean.parseBoolean(arguments[6]);
    long interval = 1_000_000_000L * threads / rate;
    int unmeasured = warmup * rate / threads;
    int measured = seconds * rate / threads;

    Histogram all = new Histogram(LONGEST, 3);
    try (Contender contender = who.open(folder)) {
      List<Histogram> found =
          Caller.together(
              threads,
              contender,
              thread ->
                  timetable(contender, thread, threads, interval, unmeasured, measured, variety));
      found.forEach(all::add);
    }
    LineCount written = LineCount.below(folder, ".jsonl");
    Forked.report(System.out, "p50 us", all.getValueAtPercentile(50) / 1e3);
    Forked.report(System.out, "p99 us", all.getValueAtPercentile(99) / 1e3);
    Forked.report(System.out, "p99.9 us", all.getValueAtPercentile(99.9) / 1e3);
    Forked.report(System.out, "max us", all.getMaxValue() / 1e3);
    Forked.report(System.out, "lost", (double) threads * (unmeasured + measured) - written.lines());
    Forked.report(System.out, "bytes/line", (double) written.bytes() / written.lines());
  }

  private static Histogram timetable(
      Contender contender,
      int thread,
      int threads,
      long interval,
      int unmeasured,
      int measured,
      boolean variety) {
    Histogram histogram = new Histogram(LONGEST, 3);
    long first = System.nanoTime() + interval * thread / threads;
    for (int i = 0; i < unmeasured + measured; i++) {
      long due = first + i * interval;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      long start = System.nanoTime();
      Caller.log(contender, i * 7 + thread * 512, variety);
      long took = System.nanoTime() - start;
      if (i >= unmeasured) {
        histogram.recordValueWithExpectedInterval(took, interval);
      }
    }
    return histogram;
  }
}
