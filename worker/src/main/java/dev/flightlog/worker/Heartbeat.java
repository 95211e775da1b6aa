package dev.flightlog.worker;

import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.worker.AgentRun.Stop;
import dev.flightlog.worker.capture.AgentReport;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lease of a running task, learns of cancellation, and reports how far the agent is in
 * the task's metadata. When the queue cannot be reached the agent is ended before the lease is
 * over, so that whoever takes the task next is alone with it. For one thread.
 */
final class Heartbeat {
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private final WorkerSettings settings;
  private final TaskQueue queue;
  private final TaskFolders folders;
  private final HeldLease lease;
  private final WorkerEnd workerEnds;
  private final long beatNanos;
  private long renewed = System.nanoTime();
  private long asked = renewed;
  private long reported = renewed;
  private @Nullable AgentReport last;

  Heartbeat(
      WorkerSettings settings,
      TaskQueue queue,
      TaskFolders folders,
      HeldLease lease,
      WorkerEnd workerEnds) {
    this.settings = settings;
    this.queue = queue;
    this.folders = folders;
    this.lease = lease;
    this.workerEnds = workerEnds;
    long third = settings.lease().toNanos() / 3;
    beatNanos = Math.min(third, OFTEN.toNanos());
  }

  @Nullable Stop look(AgentReport report) {
    if (workerEnds.hasCome()) {
      return Stop.WORKER_ENDS;
    }
    long now = System.nanoTime();
    if (now - asked >= beatNanos) {
      asked = now;
      Stop stop = renew(now);
      if (stop != null) {
        return stop;
      }
    }
    if (now - reported >= PROGRESS.toNanos() && !report.equals(last)) {
      reported = now;
      last = report;
      tell(report);
    }
    return null;
  }

  private @Nullable Stop renew(long now) {
    try {
      return switch (lease.renew(queue, settings.lease())) {
        case RENEWED -> {
          renewed = now;
          yield null;
        }
        case CANCEL -> Stop.CANCELLED;
        case LOST -> Stop.LOST;
      };
    } catch (QueueException e) {
      return now - renewed > settings.lease().toNanos() / 2 ? Stop.LOST : null;
    }
  }

  private void tell(AgentReport report) {
    Map<String, @Nullable Object> progress = new LinkedHashMap<>();
    put(progress, "context_percent", report.contextPercent());
    put(progress, "cost_usd", report.costUsd());
    progress.put("input_tokens", report.usage().input());
    progress.put("output_tokens", report.usage().output());
    progress.put("tool_calls", report.toolCalls());
    Map<String, @Nullable Object> further = new LinkedHashMap<>();
    further.put(TaskEnding.PROGRESS, progress);
    try {
      folders.update(lease.now().taskId(), task -> task, further);
    } catch (IOException e) {
      // The next report tries again; the events have it all.
      return;
    }
  }

  private static void put(Map<String, @Nullable Object> map, String key, @Nullable Double value) {
    if (value != null) {
      map.put(key, Math.round(value * 10_000) / 10_000.0);
    }
  }
}
