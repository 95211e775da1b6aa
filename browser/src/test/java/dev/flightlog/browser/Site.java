package dev.flightlog.browser;

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
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.server.dashboard.DashboardData;
import dev.flightlog.server.dashboard.DashboardFeature;
import dev.flightlog.server.dashboard.RuleActions;
import dev.flightlog.server.dashboard.TaskActions;
import dev.flightlog.server.http.HttpConfig;
import dev.flightlog.server.http.HttpServer;
import dev.flightlog.server.questions.QuestionsFeature;
import dev.flightlog.server.stream.StreamFeature;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.store.Append;
import dev.flightlog.stores.sqlite.SqliteStore;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server with a dashboard over a home of its own. */
final class Site implements AutoCloseable {
  static final TaskId TASK = new TaskId("task-7f3a");
  static final String RULE = "3f2a9c51d0be";

  final SqliteStore store;
  final TaskFolders folders;
  final Path rules;
  private final FlightRecorder recorder;
  private final TaskIndex index;
  private final TaskQueue queue;
  private final HttpServer server;
  private final StreamFeature stream;
  private final Instant start = Instant.now();

  Site(Path home) throws IOException {
    Files.createDirectories(home);
    store = SqliteStore.open(home.resolve("events_index.db"));
    recorder = FlightRecorder.open(RecorderConfig.at(home));
    folders =
        new TaskFolders(
            TaskFolderSettings.in(home.resolve("tasks")),
            Redactor.create(RedactionKey.of(new byte[32])),
            recorder);
    index = TaskIndex.open(home.resolve("tasks_index.db"));
    queue = SqliteQueue.open(home.resolve("tasks_queue.db"), RetryPolicy.USUAL);
    rules = home.resolve("rules.jsonl");
    Clock clock = Clock.systemUTC();
    Answerer answerer = new Answerer(store, TokenEstimate.standard(), clock);
    stream = new StreamFeature(store, clock);
    DashboardFeature dashboard =
        new DashboardFeature(
            new DashboardData(
                () -> answerer.forOneMoment()::ask,
                store,
                () -> {},
                () -> List.of(new HealthPage.Check("space", false, "3 MiB free: make room")),
                Tokens.inHome(home),
                clock),
            new TaskActions(
                folders,
                index,
                queue,
                new TaskEnding(folders, recorder),
                () -> index.catchUp(store)),
            new RuleActions(
                rules,
                home.resolve("trials.jsonl"),
                new HookFiles(home, home.resolve("journals"))));
    server =
        HttpServer.start(
            HttpConfig.loopback(0, Tokens.inHome(home)),
            List.of(dashboard, stream, new QuestionsFeature(answerer::ask)));
  }

  String url(String path) {
    return server.uri().resolve(path).toString();
  }

  /** Keeps events, and tells those who watch. */
  void add(List<Event> events) {
    EventBatch batch = new EventBatch();
    events.forEach(event -> batch.add(EventBatch.Mode.NEW, event));
    store.append(new Append(batch));
    stream.wake();
  }

  /** Some sessions of some days, a task that waits, a rule that was proposed. */
  void fill() throws IOException {
    List<Event> events = new ArrayList<>();
    for (int session = 0; session < 12; session++) {
      for (int i = 0; i < 40; i++) {
        events.add(event("s-" + session, session * 10_000L + 4000 - 60L * i, i, session * 40 + i));
      }
    }
    add(events);
    add(runs());
    folders.create(
        Task.queued(TASK, "cli", null, start, "reviewer"),
        new TaskInput("Review it", Map.of()),
        List.of());
    queue.push(TASK);
    add(
        List.of(
            Event.builder(
                    EventIds.ofKey("task"), start, EventTypes.TASK_REQUEST, Category.EXECUTION)
                .set(Field.TASK_ID, TASK.value())
                .details(Map.of("request", "Review it", "source", "cli"))
                .build()));
    RuleBook.open(rules)
        .add(
            new Rule(
                RULE,
                "Edit file_not_read | read_first",
                "Read a file before you edit it.",
                new Rule.Opportunity("Edit", ""),
                8,
                310,
                0.06,
                3,
                3,
                30,
                List.of(EventIds.ofKey("e3"))),
            start);
  }

  /** Three frameworks with two runs of three steps; one step of one fails in one of them. */
  private List<Event> runs() {
    List<Event> entries = new ArrayList<>();
    for (String framework : List.of("agents", "single", "<b>tree</b>")) {
      for (int run = 1; run <= 2; run++) {
        String id = "run-" + run;
        entry(entries, framework, id, 0, "run_started", "orchestrator", "INFO");
        for (int step = 1; step <= 3; step++) {
          boolean fails = framework.equals("agents") && run == 2 && step == 2;
          entry(entries, framework, id, step, "step_started", "orchestrator", "INFO");
          entry(entries, framework, id, step, "log", "adapter", "INFO");
          entry(entries, framework, id, step, EventTypes.MODEL_CALL, "metrics", "INFO");
          entry(entries, framework, id, step, "log", "validator", fails ? "ERROR" : "INFO");
          entry(
              entries,
              framework,
              id,
              step,
              fails ? "step_failed" : "step_finished",
              "orchestrator",
              "INFO");
        }
        entry(entries, framework, id, 0, "run_finished", "orchestrator", "INFO");
      }
    }
    return entries;
  }

  private void entry(
      List<Event> entries,
      String framework,
      String run,
      long step,
      String type,
      String component,
      String level) {
    boolean failed = type.equals("step_failed");
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("framework", framework);
    details.put("level", level);
    details.put("message", level.equals("ERROR") ? "GET /items answers 500" : type + " of " + run);
    details.put("status", failed ? "failed" : "succeeded");
    details.put("duration_ms", 1_500L * step);
    if (type.equals(EventTypes.MODEL_CALL)) {
      details.put("model", "claude-sonnet-4-5");
      details.put("input_tokens", 900L * step);
      details.put("output_tokens", 100L);
      details.put("cost_usd", 0.004);
      details.put("billing", "told");
    }
    Event.Builder event =
        Event.builder(
                EventIds.ofKey("entry" + framework + run + step + type + component),
                start.minusSeconds(5_000L - entries.size()),
                failed ? "step_finished" : type,
                level.equals("ERROR") ? Category.ERROR : Category.EXECUTION)
            .set(Field.SESSION_ID, "experiment")
            .set(Field.PROJECT, "experiment")
            .set(Field.RUN_ID, run)
            .set(Field.COMPONENT, component)
            .set(Field.TOKENS_USED, type.equals(EventTypes.MODEL_CALL) ? 900L * step + 100 : null);
    if (step > 0) {
      event.set(Field.STEP, step);
    }
    entries.add(event.details(details).build());
  }

  private Event event(String session, long secondsAgo, int i, int number) {
    String type =
        switch (i % 4) {
          case 0 -> EventTypes.USER_PROMPT;
          case 1 -> EventTypes.MODEL_CALL;
          case 2 -> "agent_message";
          default -> EventTypes.TOOL_CALL;
        };
    Map<String, Object> details = new LinkedHashMap<>();
    switch (i % 4) {
      case 0 -> details.put("prompt", "Do <b>step</b> " + i);
      case 1 -> {
        details.put("model", "claude-sonnet-4-5");
        details.put("input_tokens", 100 + i);
        details.put("cache_read_tokens", 1000 * i);
        details.put("output_tokens", 50);
        details.put("cost_usd", 0.01);
      }
      case 2 -> details.put("text", "I did it.\nAll of it.");
      default -> {
        details.put("tool", i % 8 == 3 ? "Bash" : "Edit");
        details.put("input", Map.of("file_path", "/src/a" + i % 3));
        details.put("error_type", "file_not_read");
        details.put("message", "File has not been read yet");
      }
    }
    return Event.builder(
            EventIds.ofKey("e" + number), start.minusSeconds(secondsAgo), type, Category.EXECUTION)
        .set(Field.SESSION_ID, session)
        .set(Field.PROJECT, "shop")
        .set(Field.STORY_ID, number % 80 < 40 ? "1.1" : "1.2")
        .set(Field.AGENT_NAME, i % 16 == 7 ? "Explore" : "main")
        .set(Field.TOKENS_USED, i % 4 == 1 ? (Long) (150L + 1000L * i) : null)
        .set(Field.CONTEXT_PERCENT, i % 4 == 1 ? (Double) (i * 1.5) : null)
        .set(Field.DURATION_MS, i % 4 == 3 ? (Long) (120L * i) : null)
        .set(Field.SUCCESS, i % 4 == 3 ? (Boolean) (i % 8 == 3) : null)
        .details(details)
        .build();
  }

  /** A prompt to a session, just now. */
  Event prompt(String session, String text) {
    return Event.builder(
            EventIds.ofKey(session + text),
            Instant.now(),
            EventTypes.USER_PROMPT,
            Category.INTERACTION)
        .set(Field.SESSION_ID, session)
        .set(Field.PROJECT, session)
        .set(Field.AGENT_NAME, "main")
        .details(Map.of("prompt", text))
        .build();
  }

  @Override
  public void close() {
    server.close();
    queue.close();
    index.close();
    recorder.close();
    store.close();
  }
}
