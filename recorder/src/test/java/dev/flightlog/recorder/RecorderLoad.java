package dev.flightlog.recorder;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Puts load on a recorder and prints what it cost: {@code RecorderLoad FOLDER throughput THREADS
 * EVENTS} or {@code RecorderLoad FOLDER paced THREADS EVENTS_PER_SECOND SECONDS}. For tuning by
 * hand; published figures come from the room {@code benchmarks}.
 */
final class RecorderLoad {
  private static final String PATH = "src/main/java/dev/flightlog/recorder/FlightRecorder.java";
  private static final String OUTPUT =
      "Read 214 lines of the file and found three places where the timeout is set before retry";

  private RecorderLoad() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int threads = Integer.parseInt(args[2]);
    for (int round = 0; round < 4; round++) {
      clear(folder);
      if (args[1].equals("throughput")) {
        throughput(folder, threads, Integer.parseInt(args[3]));
      } else {
        paced(folder, threads, Integer.parseInt(args[3]), Integer.parseInt(args[4]));
      }
    }
    clear(folder);
  }

  private static RecorderConfig config(Path folder) {
    return RecorderConfig.at(folder).ring(Integer.getInteger("ring", 4 << 20));
  }

  static Durability log(FlightRecorder recorder, int i) {
    return recorder
        .toolCall("Read")
        .agent("planning_agent")
        .durationMs(i & 1023)
        .tokens(120)
        .success(true)
        .detail("input", PATH)
        .detail("output", OUTPUT)
        .log();
  }

  private static void throughput(Path folder, int threads, int events) throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(config(folder))) {
      long[] garbage = new long[threads];
      long[] cpu = new long[threads];
      Thread[] all = new Thread[threads];
      long start = System.nanoTime();
      for (int t = 0; t < threads; t++) {
        int me = t;
        all[t] =
            new Thread(() -> {
              log(recorder, 0);
              long before = allocated();
              long cpuBefore = cpu();
              for (int i = 1; i < events / threads; i++) {
                log(recorder, i);
              }
              garbage[me] = allocated() - before;
              cpu[me] = cpu() - cpuBefore;
            });
        all[t].start();
      }
      for (Thread thread : all) {
        thread.join();
      }
      boolean flushed = recorder.flush();
      double seconds = (System.nanoTime() - start) / 1e9;
      long bytes = size(folder);
      System.out.printf(
          Locale.ROOT,
          "%d threads: %,.0f events/s, %,.0f MB/s, %d bytes an event, %.1f bytes garbage, %d ns of caller CPU, %s%s%n",
          threads,
          events / seconds,
          bytes / seconds / 1e6,
          bytes / events,
          Arrays.stream(garbage).sum() / (double) events,
          Arrays.stream(cpu).sum() / events,
          recorder.stats(),
          flushed ? "" : " NOT FLUSHED");
    }
  }

  private static void paced(Path folder, int threads, int rate, int seconds) throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(config(folder))) {
      int each = rate / threads * seconds;
      long interval = 1_000_000_000L * threads / rate;
      long[][] nanos = new long[threads][each];
      Thread[] all = new Thread[threads];
      for (int t = 0; t < threads; t++) {
        long[] mine = nanos[t];
        long offset = interval * t / threads;
        all[t] =
            new Thread(() -> {
              long next = System.nanoTime() + offset;
              for (int i = 0; i < each; i++) {
                for (long now = System.nanoTime(); now < next; now = System.nanoTime()) {
                  LockSupport.parkNanos(next - now);
                }
                long before = System.nanoTime();
                log(recorder, i);
                mine[i] = System.nanoTime() - before;
                next += interval;
              }
            });
        all[t].start();
      }
      for (Thread thread : all) {
        thread.join();
      }
      long[] sorted = Arrays.stream(nanos).flatMapToLong(Arrays::stream).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "%d threads at %,d/s: p50 %.1f p99 %.1f p99.9 %.1f p99.99 %.1f max %.0f us, %s%n",
          threads,
          rate,
          sorted[sorted.length / 2] / 1e3,
          sorted[(int) (sorted.length * 0.99)] / 1e3,
          sorted[(int) (sorted.length * 0.999)] / 1e3,
          sorted[(int) (sorted.length * 0.9999)] / 1e3,
          sorted[sorted.length - 1] / 1e3,
          recorder.stats());
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    for (Path file : Lines.journals(folder)) {
      size += Files.size(file);
    }
    return size;
  }

  private static void clear(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
