package dev.flightlog.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many steps, threads and runs at once; {@code -Dflightlog.runs.steps=10000
 * -Dflightlog.runs.threads=64 -Dflightlog.runs.runs=8} for the long form.
 */
class ManyStepsTest {
  private static final int STEPS = Integer.getInteger("flightlog.runs.steps", 120);
  private static final int THREADS = Integer.getInteger("flightlog.runs.threads", 16);
  private static final int RUNS = Integer.getInteger("flightlog.runs.runs", 4);
  private static final RunLogger ADAPTER = FlightRun.logger("adapter");
  private static final RunLogger METRICS = FlightRun.logger("metrics");

  @TempDir Path folder;

  @Test
  void eachEntryStandsInItsOwnFileAndFewFilesAreOpen() throws Exception {
    int most = 0;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, each -> thread(each));
    try (RunWorld world = new RunWorld(folder)) {
      List<FlightRun> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(world.open("f" + i % 3, "run" + i));
      }
      List<Future<Future<?>>> all = new ArrayList<>();
      for (int step = 1; step <= STEPS; step++) {
        for (FlightRun run : runs) {
          int number = step;
          all.add(threads.submit(() -> work(run, number, threads)));
        }
      }
      int done = 0;
      for (Future<Future<?>> each : all) {
        each.get().get();
        if (done++ % 50 == 0) {
          most = Math.max(most, openFiles());
        }
      }
      runs.forEach(FlightRun::close);
      for (FlightRun run : runs) {
        assertThat(run.stats().lost()).isZero();
        assertThat(run.stats().elsewhere()).isZero();
        check(run);
      }
    } finally {
      threads.shutdown();
    }
    System.out.println(STEPS + " steps, " + RUNS + " runs: at most " + most + " logs open");
    assertThat(most).isLessThanOrEqualTo(200 + THREADS);
  }

  private static int made;

  /** Every other one is virtual where the platform has them. */
  private static synchronized Thread thread(Runnable work) {
    try {
      if (made++ % 2 == 0) {
        return (Thread)
            Class.forName("java.lang.Thread$Builder")
                .getMethod("unstarted", Runnable.class)
                .invoke(Thread.class.getMethod("ofVirtual").invoke(null), work);
      }
    } catch (ReflectiveOperationException e) {
      // Before Java 21 there are none.
    }
    return new Thread(work);
  }

  /** Logs in a step, and hands work on that may still run when the step has ended. */
  private static Future<?> work(FlightRun run, int number, ExecutorService threads) {
    try (RunStep step = run.step(number)) {
      ADAPTER.info(run.id() + "/" + number + "/a");
      Future<?> later =
          threads.submit(step.wrap((Runnable) () -> METRICS.info(run.id() + "/" + number + "/m")));
      ADAPTER.info(run.id() + "/" + number + "/b");
      return later;
    }
  }

  /** Log files of runs that this process has open, where the system can tell. */
  private static int openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    int open = 0;
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        try {
          open += Files.readSymbolicLink(each).toString().endsWith(".log") ? 1 : 0;
        } catch (IOException e) {
          // It was closed meanwhile.
        }
      }
    }
    return open;
  }

  private static void check(FlightRun run) {
    for (int step = 1; step <= STEPS; step++) {
      String place = String.format(java.util.Locale.ROOT, "step_%03d/", step);
      String name = "\"message\":\"" + run.id() + "/" + step;
      assertThat(RunWorld.lines(run, place + "adapter.log"))
          .as(place)
          .hasSize(2)
          .allMatch(line -> line.contains(name + "/a\"") || line.contains(name + "/b\""));
      assertThat(RunWorld.lines(run, place + "metrics.log"))
          .singleElement()
          .asString()
          .contains(name + "/m\"");
    }
  }
}
