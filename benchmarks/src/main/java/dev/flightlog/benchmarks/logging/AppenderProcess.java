package dev.flightlog.benchmarks.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.LineCount;
import dev.flightlog.benchmarks.harness.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One appender: {@code WHO FOLDER THREADS ENTRIES RATE}. As fast as it goes, from the first call
 * until all lines are in their files, after two rounds to warm up; then at a fixed rate, where each
 * thread has a timetable, and a call longer than the interval stands for those behind it, too.
 */
final class AppenderProcess {
  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private final Appenders.Started started;
  private final Experiment experiment;
  private final int threads;

  private AppenderProcess(Appenders who, Path folder, int threads) {
    this.threads = threads;
    context.setMDCAdapter(mdc);
    started = who.start(context, folder);
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(started.appender());
    experiment = new Experiment(context, mdc);
  }

  private interface Work {
    void run(int thread);
  }

  private void together(Work work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        running.add(
            pool.submit(() -> {
              start.await();
              work.run(thread);
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  /** Seconds until all is in the files. */
  private double asFastAsItGoes(int each) throws Exception {
    long begin = System.nanoTime();
    together(thread -> {
      for (int i = 0; i < each; i++) {
        experiment.log(thread, i);
      }
    });
    started.flush().run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private Histogram atRate(int rate, int seconds) throws Exception {
    long interval = 1_000_000_000L * threads / rate;
    List<Histogram> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      all.add(new Histogram(60_000_000_000L, 3));
    }
    together(thread -> {
      long next = System.nanoTime() + interval * thread / threads;
      for (int i = 0; i < seconds * rate / threads; i++, next += interval) {
        while (System.nanoTime() < next) {
          if (next - System.nanoTime() > 100_000) {
            LockSupport.parkNanos(50_000);
          } else {
            Thread.onSpinWait();
          }
        }
        long begin = System.nanoTime();
        experiment.log(thread, i);
        all.get(thread).recordValueWithExpectedInterval(System.nanoTime() - begin, interval);
      }
    });
    Histogram sum = new Histogram(60_000_000_000L, 3);
    all.forEach(sum::add);
    return sum;
  }

  public static void main(String[] arguments) throws Exception {
    Appenders who = Appenders.valueOf(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    int each = Integer.parseInt(arguments[3]) / threads;
    int rate = Integer.parseInt(arguments[4]);
    for (int i = 0; i < 2; i++) {
      Path warm = Files.createDirectories(folder.resolve("warm" + i));
      AppenderProcess process = new AppenderProcess(who, warm, threads);
      process.asFastAsItGoes(each / 2);
      process.started.close().run();
      Settings.delete(warm);
    }
    Path measured = Files.createDirectories(folder.resolve("measured"));
    AppenderProcess process = new AppenderProcess(who, measured, threads);
    long cpu = cpu();
    double seconds = process.asFastAsItGoes(each);
    cpu = cpu() - cpu;
    long lines = entries(measured);
    process.started.close().run();
    String of = threads + " threads: ";
    Forked.report(System.out, of + "entries/s", lines / seconds);
    Forked.report(System.out, of + "cpu us/entry", cpu / 1000.0 / each / threads);
    Forked.report(System.out, of + "lost", (double) each * threads - lines);
    Settings.delete(measured);
    if (rate > 0) {
      Path paced = Files.createDirectories(folder.resolve("paced"));
      AppenderProcess slow = new AppenderProcess(who, paced, threads);
      slow.atRate(rate, 3);
      Histogram found = slow.atRate(rate, 8);
      slow.started.close().run();
      Forked.report(System.out, of + "p50 us", found.getValueAtPercentile(50) / 1e3);
      Forked.report(System.out, of + "p99 us", found.getValueAtPercentile(99) / 1e3);
      Forked.report(System.out, of + "p99.9 us", found.getValueAtPercentile(99.9) / 1e3);
    }
  }

  /** The lines of entries, without those about runs and steps. */
  private static long entries(Path folder) throws Exception {
    long about = 0;
    try (var files = Files.walk(folder)) {
      for (Path file :
          files
              .filter(
                  each -> each.endsWith("run.log") || each.toString().endsWith("orchestrator.log"))
              .toList()) {
        try (var lines = Files.lines(file)) {
          about += lines.filter(line -> line.contains("\"event_type\":\"")).count();
        }
      }
    }
    return LineCount.below(folder, ".log").lines() - about;
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
