package dev.flightlog.webhooks;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.webhooks.command.Command;
import dev.flightlog.webhooks.command.CommandPatterns;
import dev.flightlog.webhooks.provider.Message;
import dev.flightlog.webhooks.provider.Provider;
import dev.flightlog.webhooks.response.Outcome;
import dev.flightlog.webhooks.response.Responder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does with a kept delivery what is to be done: looks for a command, answers where it was given,
 * makes the task, pushes it. All of it may be done again after a crash: the task's id comes from
 * the delivery's, a folder or queue entry that is there stays, events have ids of their own. A
 * delivery is handled, and its body gone, when nothing of this is open any more.
 *
 * <p>The response is sent beside the rest. The task waits for it at most {@link #HEAD_START}, so
 * that usually the person is answered first, and a provider that is down holds up nothing. What the
 * disk or the queue refuses is tried again with growing pauses, for as long as the process lives
 * and again after its next start.
 */
public final class Handling implements AutoCloseable {
  static final Duration HEAD_START = Duration.ofMillis(500);

  /** Few: answers come first, and what is kept can wait. */
  private static final int THREADS = 2;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Map<String, Provider> providers = new HashMap<>();
  private final Map<String, Responder> responders;
  private final Deliveries deliveries;
  private final TaskFolders folders;
  private final TaskQueue queue;
  private final FlightRecorder recorder;
  private final InstantSource clock;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("flightlog-handling-", 0).factory());
  private final InFlight inFlight = new InFlight();

  /**
   * @param responders by provider; those not named do not answer
   */
  public Handling(
      List<Provider> providers,
      Map<String, Responder> responders,
      Deliveries deliveries,
      TaskFolders folders,
      TaskQueue queue,
      FlightRecorder recorder,
      InstantSource clock) {
    providers.forEach(each -> this.providers.put(each.name(), each));
    this.responders = Map.copyOf(responders);
    this.deliveries = deliveries;
    this.folders = folders;
    this.queue = queue;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Takes up what earlier processes have left, and forgets what is old enough. */
  public int resume() {
    deliveries.forget(clock.instant().minus(Deliveries.MEMORY));
    List<Long> open = deliveries.open();
    open.forEach(this::handle);
    return open.size();
  }

  /** Handles the delivery at this place, soon; does not block. */
  public void handle(long seq) {
    inFlight.begin();
    later(Duration.ZERO, () -> find(seq, 1));
  }

  private void later(Duration pause, Runnable work) {
    try {
      var unused = threads.schedule(work, pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      inFlight.end();
    }
  }

  /** After any failure, also of memory: what was answered must be handled. */
  private void again(int attempt, Throwable failure, String delivery, Runnable work) {
    recorder.error(failure, Map.of("delivery", delivery, "attempt", attempt));
    long millis = FIRST_PAUSE.toMillis() << Math.min(attempt - 1, 10);
    later(Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis())), work);
  }

  private void find(long seq, int attempt) {
    try {
      Optional<Delivery> found = deliveries.find(seq);
      if (found.isPresent()) {
        begin(new Work(seq, found.get()));
      } else {
        inFlight.end();
      }
    } catch (Throwable e) {
      again(attempt, e, "number " + seq, () -> find(seq, attempt + 1));
    }
  }

  /** One delivery on its way. */
  private final class Work {
    final long seq;
    final Delivery delivery;
    final Flow flow;

    Work(long seq, Delivery delivery) {
      this.seq = seq;
      this.delivery = delivery;
      flow = new Flow(delivery, recorder, folders);
    }
  }

  private void begin(Work work) throws IOException {
    Delivery delivery = work.delivery;
    Instant began = clock.instant();
    Matched matched = match(delivery);
    Instant over = clock.instant();
    Command command = matched.command();
    if (command != null) {
      work.flow.leadsTo(TaskId.ofKey(delivery.key()));
    }
    work.flow.complete(
        new Stage(
            Stage.RECEIVED,
            delivery.received(),
            Duration.ZERO,
            true,
            fields("event_type", delivery.event())));
    work.flow.complete(
        Stage.of(
            Stage.VALIDATION,
            delivery.received(),
            delivery.validated(),
            true,
            fields("status", "passed")));
    work.flow.complete(
        Stage.of(
            Stage.COMMAND_MATCHING,
            began,
            over,
            !matched.failed(),
            matched.fields(Duration.between(delivery.validated(), began))));
    if (command == null) {
      done(work);
      return;
    }
    CompletableFuture<Void> response = new CompletableFuture<>();
    Thread.ofVirtual().name("flightlog-response").start(() -> respond(work, matched, response));
    response
        .copy()
        .completeOnTimeout(null, HEAD_START.toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync((nothing, failure) -> create(work, matched, response, 1), threads);
  }

  /**
   * What became of the look for a command.
   *
   * @param reason why there is none; null when there is one, or just none
   */
  private record Matched(
      Message message, @Nullable Command command, @Nullable String reason, boolean failed) {
    static Matched failed(String reason) {
      return new Matched(Message.ignored(reason, Map.of()), null, reason, true);
    }

    Map<String, @Nullable Object> fields(Duration waited) {
      Command found = command;
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      if (found != null) {
        fields.put("command", found.name());
      }
      fields.put("matched", found != null);
      if (failed) {
        fields.put("status", "failed");
      }
      if (reason != null) {
        fields.put("reason", reason);
      }
      fields.put("waited_ms", Stage.millis(waited));
      return fields;
    }
  }

  private Matched match(Delivery delivery) {
    Provider provider = providers.get(delivery.provider());
    if (provider == null) {
      return Matched.failed("the provider is no longer configured");
    }
    Message message;
    try {
      message = provider.read(delivery.event(), Bodies.kept(delivery.body()));
    } catch (IOException | RuntimeException e) {
      return Matched.failed("the body cannot be read: " + e);
    }
    String ignored = message.ignored();
    if (ignored != null) {
      return new Matched(message, null, ignored, false);
    }
    Command command;
    try {
      command = provider.commands().find(message);
    } catch (CommandPatterns.RunawayPatternException e) {
      return new Matched(message, null, e.getMessage(), true);
    }
    if (command == null) {
      return new Matched(message, null, null, false);
    }
    String refusal = provider.commands().permission().refusal(message.speaker());
    if (refusal != null) {
      return new Matched(message, null, refusal, false);
    }
    String subject = message.subject();
    String owner =
        subject == null ? delivery.id() : deliveries.claim(delivery, subject, clock.instant());
    return owner.equals(delivery.id())
        ? new Matched(message, command, null, false)
        : new Matched(message, null, "asked by delivery " + owner + " already", false);
  }

  private void respond(Work work, Matched matched, CompletableFuture<Void> response) {
    Delivery delivery = work.delivery;
    Instant began = clock.instant();
    Outcome outcome;
    try {
      if (work.flow.hasLine(Stage.IMMEDIATE_RESPONSE)) {
        response.complete(null);
        return;
      }
      outcome =
          responders
              .getOrDefault(delivery.provider(), Responder.NONE)
              .respond(delivery.event(), matched.message());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      outcome = new Outcome("failed", "none", 0, null, "interrupted");
    } catch (IOException | RuntimeException e) {
      outcome = new Outcome("failed", "none", 0, null, String.valueOf(e));
    }
    Map<String, @Nullable Object> fields = fields("status", outcome.status());
    fields.put("action", outcome.action());
    fields.put("attempts", outcome.attempts());
    if (outcome.httpStatus() != null) {
      fields.put("http_status", outcome.httpStatus());
    }
    if (outcome.reason() != null) {
      fields.put("reason", outcome.reason());
    }
    try {
      work.flow.complete(
          Stage.of(Stage.IMMEDIATE_RESPONSE, began, clock.instant(), outcome.isFine(), fields));
    } catch (IOException | RuntimeException e) {
      recorder.error(e, Map.of("delivery", delivery.key()));
    } finally {
      response.complete(null);
    }
  }

  private void create(Work work, Matched matched, CompletableFuture<Void> response, int attempt) {
    try {
      Task task = createTask(work, matched, attempt);
      push(work, task, attempt);
    } catch (Throwable e) {
      again(attempt, e, work.delivery.key(), () -> create(work, matched, response, attempt + 1));
      return;
    }
    response.whenComplete((nothing, failure) -> done(work));
  }

  private Task createTask(Work work, Matched matched, int attempt) throws IOException {
    Delivery delivery = work.delivery;
    TaskId id = TaskId.ofKey(delivery.key());
    Command command = Objects.requireNonNull(matched.command());
    Provider provider = Objects.requireNonNull(providers.get(delivery.provider()));
    Instant began = clock.instant();
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("provider", delivery.provider());
    metadata.put("event_type", delivery.event());
    metadata.put("webhook_id", delivery.id());
    metadata.put("command", command.name());
    metadata.put("user_id", matched.message().speaker().name());
    metadata.putAll(matched.message().metadata());
    Task task =
        new Task(
            id,
            "webhook",
            delivery.provider(),
            began,
            null,
            TaskStatus.QUEUED,
            provider.commands().agentFor(command),
            null,
            null);
    boolean created;
    try {
      created = work.flow.createFolder(task, new TaskInput(matched.message().text(), metadata));
    } catch (IOException | RuntimeException e) {
      work.flow.failed(failure(Stage.TASK_CREATED, began, e), attempt);
      throw e;
    }
    Map<String, @Nullable Object> fields = fields("status", created ? "created" : "there already");
    fields.put("task_id", id.value());
    work.flow.complete(Stage.of(Stage.TASK_CREATED, began, clock.instant(), true, fields));
    return task;
  }

  private void push(Work work, Task task, int attempt) throws IOException {
    Instant began = clock.instant();
    boolean waits =
        folders.find(task.taskId()).map(known -> known.status() == TaskStatus.QUEUED).orElse(true);
    boolean pushed;
    try {
      pushed = waits && queue.push(task.taskId());
    } catch (QueueException e) {
      work.flow.failed(failure(Stage.QUEUE_PUSH, began, e), attempt);
      throw e;
    }
    Map<String, @Nullable Object> fields = fields("status", pushed ? "pushed" : "there already");
    fields.put("queue", queue.name());
    if (attempt > 1) {
      fields.put("attempts", attempt);
    }
    work.flow.complete(Stage.of(Stage.QUEUE_PUSH, began, clock.instant(), true, fields));
  }

  private Stage failure(String stage, Instant began, Throwable failure) {
    Map<String, @Nullable Object> fields = fields("status", "failed");
    fields.put("reason", String.valueOf(failure.getMessage()));
    return Stage.of(stage, began, clock.instant(), false, fields);
  }

  private void done(Work work) {
    deliveries.handled(work.seq);
    inFlight.end();
  }

  private static Map<String, @Nullable Object> fields(String key, @Nullable Object value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(key, value);
    return fields;
  }

  /** Waits until everything that was begun is handled; true when it is. */
  public boolean awaitIdle(Duration most) throws InterruptedException {
    return inFlight.awaitNone(most);
  }

  /** Ends what can be ended soon; what is open then is taken up by the next start. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      var unused = threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
