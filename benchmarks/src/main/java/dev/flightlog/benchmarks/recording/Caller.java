package dev.flightlog.benchmarks.recording;

import dev.flightlog.benchmarks.generated.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that all start at once. */
final class Caller {
  static final ToolCall[] CALLS = ToolCall.some(4096, 20250923);

  private static final Among[] AMONG = Among.of(CALLS);

  private Caller() {}

  /** Logs the call of this number, as one among many or as one of the thread's own. */
  static void log(Contender contender, int number, boolean variety) {
    int index = number & 4095;
    if (variety) {
      contender.log(CALLS[index], AMONG[index]);
    } else {
      contender.log(CALLS[index]);
    }
  }

  /** What one thread does. */
  interface Work<T> {
    T run(int thread) throws Exception;
  }

  /** Runs the work on so many threads and waits for all. */
  static <T> List<T> together(int threads, Contender contender, Work<T> work)
      throws IOException, InterruptedException {
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        running.add(
            pool.submit(() -> {
              contender.enter(Contender.Attribution.of(thread));
              start.await();
              return work.run(thread);
            }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException("a caller failed: " + e.getCause(), e);
    }
  }
}
