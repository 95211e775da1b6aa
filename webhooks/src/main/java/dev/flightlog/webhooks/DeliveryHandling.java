package dev.flightlog.webhooks;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.Outage;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.webhooks.command.Command;
import dev.flightlog.webhooks.command.CommandPatterns;
import dev.flightlog.webhooks.provider.Message;
import dev.flightlog.webhooks.provider.Permission;
import dev.flightlog.webhooks.provider.Provider;
import dev.flightlog.webhooks.response.Responder;
import dev.flightlog.webhooks.response.ResponseOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
public final class DeliveryHandling implements AutoCloseable {
  static final Duration HEAD_START = Duration.ofMillis(500);

  /** Few: answers come first, and what is kept can wait. */
  private static final int THREADS = 2;

  /** How often what is not the disk's or the queue's fault is tried. */
  private static final int ATTEMPTS = 5;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Supplier<WebhookSettings> settings;
  private final Deliveries deliveries;
  private final TaskFolders folders;
  private final TaskCreation tasks;
  private final FlightRecorder recorder;
  private final InstantSource clock;
  private final Consumer<String> messages;
  private final Outage outage;
  private final Outage makingTasks;
  private final Duration firstPause;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("flightlog-handling-", 0).factory());
  private final InFlight inFlight = new InFlight();

  /**
   * @param settings as they are now; asked for every delivery
   * @param messages told what goes wrong, and when it is well again
   */
  public DeliveryHandling(
      Supplier<WebhookSettings> settings,
      Deliveries deliveries,
      TaskFolders folders,
      TaskQueue queue,
      FlightRecorder recorder,
      InstantSource clock,
      Consumer<String> messages) {
    this(settings, deliveries, folders, queue, recorder, clock, messages, FIRST_PAUSE);
  }

  /**
   * @param firstPause before the second attempt; doubled before each further one
   */
  DeliveryHandling(
      Supplier<WebhookSettings> settings,
      Deliveries deliveries,
      TaskFolders folders,
      TaskQueue queue,
      FlightRecorder recorder,
      InstantSource clock,
      Consumer<String> messages,
      Duration firstPause) {
    this.firstPause = firstPause;
    this.messages = messages;
    outage = new Outage("the queue", messages);
    makingTasks = new Outage("making tasks", messages);
    this.settings = settings;
    this.deliveries = deliveries;
    this.folders = folders;
    tasks = new TaskCreation(folders, queue, outage, clock);
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
  private void again(long seq, int attempt, Throwable failure, String delivery, Runnable work) {
    if (attempt == 1) {
      recorder.error(failure, Map.of("delivery", delivery, "attempt", attempt));
    }
    String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    switch (failure) {
      case QueueException queueFailure -> outage.failed(reason);
      case DeliveriesException told -> {
        // Said by who keeps them.
      }
      // A text too deep for the stack is as deep the next time.
      case RuntimeException _, StackOverflowError _ -> {
        if (attempt >= ATTEMPTS && setAside(seq, delivery, failure)) {
          return;
        }
      }
      default -> makingTasks.failed("delivery " + delivery + ": " + reason);
    }
    later(pauseAfter(attempt), work);
  }

  private Duration pauseAfter(int attempt) {
    long millis = firstPause.toMillis() << Math.min(attempt - 1, 10);
    return Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis()));
  }

  /** What is wrong with this one will not pass: the others must not wait for it. */
  private boolean setAside(long seq, String delivery, Throwable failure) {
    try {
      deliveries.setAside(seq, String.valueOf(failure), clock.instant());
      messages.accept("delivery " + delivery + " is set aside: " + failure);
      inFlight.end();
      return true;
    } catch (DeliveriesException e) {
      return false;
    }
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
      again(seq, attempt, e, "number " + seq, () -> find(seq, attempt + 1));
    }
  }

  /** One delivery on its way. */
  private final class Work {
    final long seq;
    final Delivery delivery;
    final StageLog flow;

    Work(long seq, Delivery delivery) {
      this.seq = seq;
      this.delivery = delivery;
      flow = new StageLog(delivery, recorder, folders);
    }
  }

  private void begin(Work work) throws IOException {
    Delivery delivery = work.delivery;
    Instant began = clock.instant();
    Matching matching = match(delivery);
    Instant over = clock.instant();
    if (matching instanceof Matching.Commanded) {
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
            !(matching instanceof Matching.Failed),
            matching.fields(Duration.between(delivery.validated(), began))));
    switch (matching) {
      case Matching.Nothing nothing -> done(work);
      case Matching.Failed failed -> done(work);
      case Matching.Denied denied -> deny(work, denied);
      case Matching.Commanded commanded -> follow(work, commanded);
    }
  }

  private void follow(Work work, Matching.Commanded commanded) {
    CompletableFuture<Void> response = new CompletableFuture<>();
    Responder.Reply reply =
        commanded.undecided().isPresent() ? Responder.Reply.DENIED : Responder.Reply.HEARD;
    Thread.ofVirtual()
        .name("flightlog-response")
        .start(() -> respond(work, commanded.request(), reply, response));
    response
        .copy()
        .completeOnTimeout(null, HEAD_START.toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync((nothing, failure) -> create(work, commanded, response, 1), threads);
  }

  /** Lets the person see that nothing follows. */
  private void deny(Work work, Matching.Denied denied) {
    CompletableFuture<Void> response = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("flightlog-response")
        .start(() -> respond(work, denied.request(), Responder.Reply.DENIED, response));
    response.whenComplete((nothing, failure) -> done(work));
  }

  private Matching match(Delivery delivery) {
    Provider provider = settings.get().provider(delivery.provider()).orElse(null);
    if (provider == null) {
      return new Matching.Failed("the provider is no longer configured");
    }
    Message message;
    try {
      message = provider.read(delivery.event(), BodyForm.kept(delivery.body()));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return new Matching.Failed("the body cannot be read: " + e);
    }
    return switch (message) {
      case Message.Ignored ignored -> new Matching.Nothing(Optional.of(ignored.reason()));
      case Message.Request request -> match(delivery, provider, request);
    };
  }

  private Matching match(Delivery delivery, Provider provider, Message.Request request) {
    Optional<Command> command;
    try {
      command = provider.commands().find(request);
    } catch (CommandPatterns.RunawayPatternException e) {
      return new Matching.Failed(String.valueOf(e.getMessage()));
    }
    if (command.isEmpty()) {
      return new Matching.Nothing(Optional.empty());
    }
    return switch (provider.commands().permission().of(request.speaker(), request.metadata())) {
      case Permission.Decision.Denied denied -> new Matching.Denied(request, denied.reason());
      case Permission.Decision.Granted granted ->
          commanded(delivery, provider, request, command.get(), Optional.empty());
      case Permission.Decision.Undecided undecided ->
          commanded(delivery, provider, request, command.get(), Optional.of(undecided.reason()));
    };
  }

  /** One act that is told by several deliveries is one task. */
  private Matching commanded(
      Delivery delivery,
      Provider provider,
      Message.Request request,
      Command command,
      Optional<String> undecided) {
    String owner =
        request
            .subject()
            .map(subject -> deliveries.claim(delivery, subject, clock.instant()))
            .orElse(delivery.id());
    return owner.equals(delivery.id())
        ? new Matching.Commanded(request, command, provider.commands().agentFor(command), undecided)
        : new Matching.Nothing(Optional.of("asked by delivery " + owner + " already"));
  }

  private void respond(
      Work work, Message.Request request, Responder.Reply reply, CompletableFuture<Void> response) {
    Delivery delivery = work.delivery;
    Instant began = clock.instant();
    ResponseOutcome outcome;
    try {
      if (work.flow.hasLine(Stage.IMMEDIATE_RESPONSE)) {
        response.complete(null);
        return;
      }
      outcome =
          settings.get().responder(delivery.provider()).respond(delivery.event(), request, reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      outcome = new ResponseOutcome.Failed("none", 0, OptionalInt.empty(), "interrupted");
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it is: the task does not depend on it.
      outcome = new ResponseOutcome.Failed("none", 0, OptionalInt.empty(), String.valueOf(e));
    }
    try {
      work.flow.complete(
          Stage.of(
              Stage.IMMEDIATE_RESPONSE,
              began,
              clock.instant(),
              outcome.isFine(),
              outcome.fields()));
    } catch (IOException | RuntimeException | Error e) {
      recorder.error(e, Map.of("delivery", delivery.key()));
    } finally {
      response.complete(null);
    }
  }

  private void create(
      Work work, Matching.Commanded commanded, CompletableFuture<Void> response, int attempt) {
    try {
      tasks.make(work.delivery, work.flow, commanded, attempt);
      makingTasks.worked();
    } catch (Throwable e) {
      again(
          work.seq,
          attempt,
          e,
          work.delivery.key(),
          () -> create(work, commanded, response, attempt + 1));
      return;
    }
    response.whenComplete((nothing, failure) -> done(work));
  }

  /** Writes that it is handled, again and again while the disk refuses: else it stays open. */
  private void done(Work work) {
    done(work.seq, 1);
  }

  private void done(long seq, int attempt) {
    deliveries
        .handled(seq)
        .whenComplete((count, failure) -> {
          if (failure == null) {
            inFlight.end();
          } else {
            later(pauseAfter(attempt), () -> done(seq, attempt + 1));
          }
        });
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
