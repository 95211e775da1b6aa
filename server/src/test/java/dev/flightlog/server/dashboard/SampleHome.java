package dev.flightlog.server.dashboard;

import dev.flightlog.analysis.Answerer;
import dev.flightlog.dashboard.pages.HealthPage;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.learning.hooks.HookFiles;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.TaskFolderSettings;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.tasks.index.TaskIndex;
import dev.flightlog.tasks.queue.RetryPolicy;
import dev.flightlog.tasks.queue.SqliteQueue;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.wording.tokens.TokenEstimate;
import dev.flightlog.worker.TaskEnding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What a dashboard shows: a store in memory, folders of tasks, a queue; of one moment. */
final class SampleHome implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

  final MemoryStore store = new MemoryStore();
  final FlightRecorder recorder;
  final TaskFolders folders;
  final TaskIndex index;
  final TaskQueue queue;
  final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  final DashboardFeature feature;

  SampleHome(Path home) throws IOException {
    recorder = FlightRecorder.open(RecorderConfig.at(home));
    folders =
        new TaskFolders(
            TaskFolderSettings.in(home.resolve("tasks")),
            Redactor.create(RedactionKey.of(new byte[32])),
            recorder);
    index = TaskIndex.open(home.resolve("tasks_index.db"));
    queue = SqliteQueue.open(home.resolve("tasks_queue.db"), RetryPolicy.USUAL);
    Answerer answerer = new Answerer(store, TokenEstimate.standard(), clock);
    feature =
        new DashboardFeature(
            new DashboardData(
                () -> answerer.forOneMoment()::ask,
                store,
                () -> {},
                () ->
                    List.of(
                        new HealthPage.Check("index", true, "7 events"),
                        new HealthPage.Check("space", false, "3 MiB free: make room")),
                Tokens.inHome(home),
                clock),
            new TaskActions(
                folders,
                index,
                queue,
                new TaskEnding(folders, recorder),
                () -> index.catchUp(store)),
            new RuleActions(
                home.resolve("rules.jsonl"),
                home.resolve("trials.jsonl"),
                new HookFiles(home, home.resolve("journals"))));
  }

  void add(List<Event> events) {
    EventBatch batch = new EventBatch();
    events.forEach(event -> batch.add(EventBatch.Mode.NEW, event));
    store.append(new Append(batch));
  }

  /** A task with a folder, in the queue. */
  void task(TaskId id, String request) throws IOException {
    folders.create(
        Task.queued(id, "cli", null, NOW, "reviewer"), new TaskInput(request, Map.of()), List.of());
    queue.push(id);
    add(
        List.of(
            Event.builder(
                    EventIds.ofKey(id.value()), NOW, EventTypes.TASK_REQUEST, Category.EXECUTION)
                .set(Field.TASK_ID, id.value())
                .details(Map.of("request", request, "source", "cli", "user_id", request))
                .build()));
  }

  @Override
  public void close() {
    queue.close();
    index.close();
    recorder.close();
    store.close();
  }
}
