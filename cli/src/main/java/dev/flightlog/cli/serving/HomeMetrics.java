package dev.flightlog.cli.serving;

import dev.flightlog.cli.command.Version;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.IndexFollower;
import dev.flightlog.importer.ImportCounts;
import dev.flightlog.importer.Importer;
import dev.flightlog.server.metrics.MetricFamily;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Route;
import dev.flightlog.shipping.confirmed.Backlog;
import dev.flightlog.store.Health;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.index.TaskIndex;
import dev.flightlog.tasks.queue.QueueEntry;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.QueueState;
import dev.flightlog.tasks.queue.TaskQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the index, the importer, the tasks and the queue of a home tell to {@code GET /metrics}. */
final class HomeMetrics implements Feature {
  /** What takes longer to count the more there is, is counted at most so often. */
  private static final long RECENT = Duration.ofSeconds(15).toNanos();

  private final Index index;
  private final IndexFollower intake;
  private final TaskIndex tasks;
  private final TaskQueue queue;
  private List<MetricFamily> counted = List.of();
  private long countedAt;
  private Optional<Backlog> backlog = Optional.empty();
  private long shippedAt;

  HomeMetrics(Index index, IndexFollower intake, TaskIndex tasks, TaskQueue queue) {
    this.index = index;
    this.intake = intake;
    this.tasks = tasks;
    this.queue = queue;
  }

  @Override
  public String name() {
    return "home";
  }

  @Override
  public List<Route> routes() {
    return List.of();
  }

  @Override
  public List<MetricFamily> metrics() {
    List<MetricFamily> families = new ArrayList<>();
    families.add(
        MetricFamily.gauge("flightlog_build_info", "Always 1; its labels tell the version.")
            .value(Map.of("version", Version.text(), "java", Runtime.version().toString()), 1));
    families.addAll(imported());
    families.addAll(store());
    families.addAll(queued());
    families.addAll(counted());
    families.addAll(shipped());
    return families;
  }

  private List<MetricFamily> imported() {
    ImportCounts counts = intake.counts();
    return List.of(
        MetricFamily.counter("flightlog_import_lines", "Lines that were read.")
            .value(counts.lines()),
        MetricFamily.counter("flightlog_import_events", "Events that were taken in, by outcome.")
            .value("outcome", "new", counts.imported())
            .value("outcome", "duplicate", counts.duplicates()),
        MetricFamily.counter("flightlog_import_quarantined", "Pieces that were no event.")
            .value(counts.quarantined()),
        MetricFamily.counter("flightlog_import_unknown_lines", "Lines of no known kind.")
            .value(counts.unknown()),
        MetricFamily.gauge(
                "flightlog_import_lag_seconds", "Time since all journals were last taken in.")
            .value(intake.behind().toMillis() / 1e3),
        MetricFamily.gauge("flightlog_import_failing", "1 when something cannot be taken in.")
            .value(intake.complaint().isEmpty() ? 0 : 1));
  }

  private List<MetricFamily> store() {
    Health health = index.store().check();
    MetricFamily size = MetricFamily.gauge("flightlog_store_size_bytes", "The files of the index.");
    long bytes = bytes(index.files());
    return List.of(
        MetricFamily.gauge("flightlog_store_up", "1 when the index can be asked.")
            .value(health.ok() ? 1 : 0),
        known(MetricFamily.gauge("flightlog_store_events", "Events in it."), health.events()),
        known(
            MetricFamily.gauge(
                "flightlog_store_set_aside_events", "Later parts that wait for their beginning."),
            health.setAside()),
        known(
            MetricFamily.counter("flightlog_store_events_read", "Events read one by one."),
            health.eventsRead()),
        bytes == 0 ? size : size.value(bytes));
  }

  /** What waits for a store that machines share; nothing is told where the store is our own. */
  private synchronized List<MetricFamily> shipped() {
    if (shippedAt == 0 || System.nanoTime() - shippedAt > RECENT) {
      backlog = HomeShipping.backlog(index.home());
      shippedAt = System.nanoTime();
    }
    return backlog
        .map(waiting ->
            List.of(
                MetricFamily.gauge(
                        "flightlog_ship_waiting_events", "Events that wait for the shared store.")
                    .value(waiting.events()),
                MetricFamily.gauge(
                        "flightlog_ship_waiting_bytes",
                        "Bytes of journals and sources that wait for it.")
                    .value(waiting.bytes()),
                MetricFamily.gauge("flightlog_ship_lag_seconds", "How long the oldest has waited.")
                    .value(waiting.age(index.home().clock().instant()).toMillis() / 1e3),
                MetricFamily.gauge("flightlog_ship_failing", "1 when it takes nothing now.")
                    .value(waiting.problem().isEmpty() ? 0 : 1)))
        .orElse(List.of());
  }

  private static MetricFamily known(MetricFamily family, long value) {
    return value < 0 ? family : family.value(value);
  }

  private static long bytes(List<Path> files) {
    long bytes = 0;
    for (Path file : files) {
      try {
        bytes += Files.size(file);
      } catch (IOException e) {
        // It is gone, or was never there, such as a log that is empty.
      }
    }
    return bytes;
  }

  private List<MetricFamily> queued() {
    MetricFamily up = MetricFamily.gauge("flightlog_queue_up", "1 when the queue answers.");
    try {
      Map<QueueState, Long> states = new EnumMap<>(QueueState.class);
      for (QueueEntry entry : queue.pending()) {
        states.merge(entry.state(), 1L, Long::sum);
      }
      MetricFamily entries =
          MetricFamily.gauge("flightlog_queue_tasks", "Tasks in the queue, by state.");
      for (QueueState state : QueueState.values()) {
        if (state != QueueState.DONE) {
          entries = entries.value("state", state.word(), states.getOrDefault(state, 0L));
        }
      }
      return List.of(
          up.value(1),
          entries,
          MetricFamily.gauge(
                  "flightlog_agents_running", "Tasks that a worker, wherever it is, works on.")
              .value(states.getOrDefault(QueueState.TAKEN, 0L)));
    } catch (QueueException e) {
      return List.of(up.value(0));
    }
  }

  private synchronized List<MetricFamily> counted() {
    if (counted.isEmpty() || System.nanoTime() - countedAt > RECENT) {
      Map<String, Long> statuses = tasks.byStatus();
      MetricFamily byStatus =
          MetricFamily.gauge("flightlog_tasks", "Tasks that are known, by status.");
      for (TaskStatus status : TaskStatus.values()) {
        byStatus =
            byStatus.value("status", status.word(), statuses.getOrDefault(status.word(), 0L));
      }
      counted =
          List.of(
              byStatus,
              MetricFamily.gauge("flightlog_import_files", "Files that were read and are followed.")
                  .value(Importer.files(index.store())));
      countedAt = System.nanoTime();
    }
    return counted;
  }
}
