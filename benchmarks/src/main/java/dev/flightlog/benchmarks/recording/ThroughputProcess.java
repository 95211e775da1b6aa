package dev.flightlog.benchmarks.recording;

import com.sun.management.ThreadMXBean;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.LineCount;
import dev.flightlog.benchmarks.harness.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One contender as fast as it goes, from the first call until it is closed and all lines are in the
 * file; once to warm up, then measured with a fresh one.
 */
final class ThroughputProcess {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ThroughputProcess() {}

  public static void main(String[] arguments) throws Exception {
    Contenders who = Contenders.valueOf(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    boolean variety = Boolean.parseBoolean(arguments[4]);
    int events = Integer.parseInt(arguments[3]) / threads * threads;

    for (int i = 0; i < 2; i++) {
      Path warm = Files.createDirectories(folder.resolve("warm" + i));
      run(who, warm, threads, events / 4 / threads, variety);
      Settings.delete(warm);
    }
    Path file = Files.createDirectories(folder.resolve("measured"));
    Run run = run(who, file, threads, events / threads, variety);
    LineCount written = LineCount.below(file, ".jsonl");
    Forked.report(System.out, threads + " threads: events/s", written.lines() / run.seconds);
    Forked.report(System.out, threads + " threads: lost", (double) events - written.lines());
    Forked.report(System.out, "bytes/line", (double) written.bytes() / written.lines());
    Forked.report(System.out, "garbage/event, caller", (double) run.callers / events);
    Forked.report(System.out, "garbage/event, process", (double) run.process / events);
  }

  private record Run(double seconds, long callers, long process) {}

  private static Run run(Contenders who, Path folder, int threads, int each, boolean variety)
      throws IOException, InterruptedException {
    List<Long> allocated;
    Contender contender = who.open(folder);
    long before = THREADS.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    try (contender) {
      allocated =
          Caller.together(threads, contender, thread -> log(contender, thread, each, variety));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long process = THREADS.getTotalThreadAllocatedBytes() - before;
    return new Run(seconds, allocated.stream().mapToLong(Long::longValue).sum(), process);
  }

  private static long log(Contender contender, int thread, int count, boolean variety) {
    for (int i = 0; i < 100; i++) {
      Caller.log(contender, i, variety); // what a thread allocates once is no cost of an event
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 100; i < count; i++) {
      Caller.log(contender, i * 7 + thread * 512, variety);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
