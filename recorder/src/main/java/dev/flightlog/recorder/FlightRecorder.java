package dev.flightlog.recorder;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.agents.ExecutionLog;
import dev.flightlog.recorder.agents.InstrumentedAgent;
import dev.flightlog.recorder.agents.LogAgentExecution;
import dev.flightlog.recorder.journal.Drainer;
import dev.flightlog.recorder.journal.Gap;
import dev.flightlog.recorder.journal.Ring;
import dev.flightlog.recorder.journal.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records what agents do, as lines of JSON in journals, from inside their program.
 *
 * <pre>{@code
 * try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.fromEnvironment())) {
 *   recorder.event("planning_complete", Category.EXECUTION).agent("planning_agent").log();
 *   recorder.toolCall("Read").durationMs(45).tokens(120).success(true).log();
 * }
 * }</pre>
 *
 * <p>By default an event survives {@code kill -9} of the process when {@code log} has returned
 * ({@link Durability#WRITTEN}), and a power cut half a second later. Secrets are redacted before
 * anything is written. A call never throws into its host for what happens here, and never blocks
 * longer than {@link RecorderConfig#maxWait} ({@link RecorderConfig#syncWait} for {@link
 * Durability#SYNCED}); what then cannot be kept is counted and told by a {@code recorder_gap}
 * event.
 *
 * <p>Immutable and safe for any number of threads; several recorders and processes may write to the
 * same folder. An interrupt of a calling thread has no effect here and is kept.
 */
public final class FlightRecorder implements AutoCloseable {
  private final RecorderConfig config;
  private final Bindings bindings;
  private final TextLimit limit;
  private final Encoders encoders;
  private final Tally tally = new Tally();
  private final @Nullable Drainer drainer;
  private final InstantSource clock;
  private final AtomicLong misused = new AtomicLong();
  private final Thread atExit = new Thread(this::flush, "flightlog-exit");
  private final @Nullable String openingProblem;
  private final AgentExecutions executions;

  /** What {@link #none} gives for every event. */
  private final @Nullable EventBuilder nothing;

  private FlightRecorder(RecorderConfig config) {
    this.config = config;
    clock = config.clock();
    Journals.Recovered recovered = Journals.recover(config.basePath());
    String trouble = recovered.problems().isEmpty() ? null : recovered.problems().get(0);
    RedactionKey key;
    try {
      key = RedactionKey.inHome(config.home());
    } catch (IOException e) {
      key = randomKey();
      trouble = String.valueOf(e.getMessage());
    }
    if (trouble == null && !isWritable(config.basePath())) {
      trouble = "no permission to write " + config.basePath() + ": give its owner write access";
    }
    openingProblem = trouble;
    nothing = null;
    Warnings warnings = new Warnings(config.basePath());
    warnings.tell(trouble);
    Redactor redactor = Redactor.create(key);
    limit = new TextLimit(redactor, config.content());
    encoders = new Encoders(redactor, limit);
    bindings =
        new Bindings(
            Attribution.root(config.story(), config.session(), Attribution.stamp(now()), limit),
            limit,
            misused);
    executions = new AgentExecutions(this, bindings, limit);
    drainer =
        new Drainer(
            config.basePath(),
            config.ring(),
            nanos(config.maxWait()),
            nanos(config.syncEvery()),
            tally,
            this::gapLine,
            warnings::tell);
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  /** Records nothing. */
  private FlightRecorder() {
    config = RecorderConfig.at(Path.of("/nonexistent"));
    clock = config.clock();
    openingProblem = null;
    drainer = null;
    Redactor redactor = Redactor.create(randomKey());
    limit = new TextLimit(redactor, Content.NONE);
    encoders = new Encoders(redactor, limit);
    bindings = new Bindings(Attribution.root(config.story(), "none", "", limit), limit, misused);
    // An encoder that was never begun: each call on its builder ends before it does anything.
    nothing = new EventBuilder(this, new Encoder(redactor, limit), 0);
    executions = new AgentExecutions(this, bindings, limit);
  }

  private static final class None {
    static final FlightRecorder RECORDER = new FlightRecorder();
  }

  /** Whether the folder is there or can be made, and takes files. */
  private static boolean isWritable(Path folder) {
    try {
      OwnerOnly.createFolder(folder);
      return Files.isWritable(folder);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Without a key file, equal secrets look equal within this recorder only. */
  private static RedactionKey randomKey() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return RedactionKey.of(random);
  }

  /**
   * Opens a recorder, and first recovers what processes that were killed have left in their rings.
   * Blocks for file access. A folder that cannot be written is no error here: events are then kept
   * as long as there is room, {@link #stats} tells the problem, and a warning of the {@link
   * System.Logger} {@code dev.flightlog.recorder} says so once.
   */
  public static FlightRecorder open(RecorderConfig config) {
    return new FlightRecorder(config);
  }

  /**
   * The recorder that records nothing, for programs in which recording is turned off: no file, no
   * folder, no thread, no exit hook. Work given to it is done; {@code log} answers {@link
   * Durability#DROPPED}, {@code flush} and {@code sync} answer true, the counts stay 0, and closing
   * has no effect. It is always the same one.
   */
  public static FlightRecorder none() {
    return None.RECORDER;
  }

  /** Whether events go anywhere: false for {@link #none}, else true, also when it is closed. */
  public boolean isEnabled() {
    return nothing == null;
  }

  /** Starts an event. A type that has a fixed category keeps it. */
  public EventBuilder event(@Nullable String type, @Nullable Category category) {
    if (nothing != null) {
      return nothing;
    }
    Thread thread = Thread.currentThread();
    Encoder encoder = encoders.acquire(thread);
    return new EventBuilder(this, encoder, encoder.begin(type, category, thread));
  }

  public EventBuilder toolCall(@Nullable String tool) {
    return event(EventTypes.TOOL_CALL, Category.EXECUTION).tool(tool);
  }

  /** Starts the event of one answer of a model. */
  public EventBuilder modelCall(@Nullable String model) {
    return event(EventTypes.MODEL_CALL, Category.EXECUTION).model(model);
  }

  public EventBuilder agentStarted(@Nullable String agent) {
    return event(EventTypes.AGENT_STARTED, Category.EXECUTION).agent(agent);
  }

  public EventBuilder agentFinished(@Nullable String agent) {
    return event(EventTypes.AGENT_FINISHED, Category.EXECUTION).agent(agent);
  }

  /** Starts the event of a strategy, delegation or plan that was chosen. */
  public EventBuilder decision(@Nullable String choice, @Nullable String reason) {
    return event(EventTypes.DECISION, Category.DECISION)
        .detail("choice", choice)
        .detail("reason", reason);
  }

  /** Starts an event about something learned: a pattern, an assumption that held or failed. */
  public EventBuilder learning(@Nullable String type) {
    return event(type, Category.LEARNING);
  }

  public EventBuilder userPrompt(@Nullable String prompt) {
    return event(EventTypes.USER_PROMPT, Category.INTERACTION).detail("prompt", prompt);
  }

  /** Starts the event of a request that agents shall handle. */
  public EventBuilder taskRequest(@Nullable String taskId, @Nullable String request) {
    return event(EventTypes.TASK_REQUEST, Category.EXECUTION)
        .taskId(taskId)
        .detail("request", request);
  }

  /** Starts the event of how sure one agent is, 0 to 1, that it can handle a task. */
  public EventBuilder evaluation(
      @Nullable String taskId, @Nullable String agent, double confidence) {
    return taskEvent(EventTypes.EVALUATION, taskId, agent).confidence(confidence);
  }

  /** Starts the event of the choice of an agent for a task. */
  public EventBuilder assigned(@Nullable String taskId, @Nullable String agent) {
    return taskEvent(EventTypes.TASK_ASSIGNED, taskId, agent);
  }

  /** Starts the event of a task that no agent gets. */
  public EventBuilder unassigned(@Nullable String taskId, @Nullable String reason) {
    return taskEvent(EventTypes.TASK_UNASSIGNED, taskId, null).detail("reason", reason);
  }

  /** Starts the event of how a task ended; {@code agent} is null when none had it. */
  public EventBuilder outcome(@Nullable String taskId, @Nullable String agent, boolean success) {
    return taskEvent(EventTypes.TASK_OUTCOME, taskId, agent).success(success);
  }

  private EventBuilder taskEvent(String type, @Nullable String taskId, @Nullable String agent) {
    return event(type, Category.EXECUTION).taskId(taskId).agent(agent);
  }

  /** Logs that one agent handed over to another, with the size of the state in bytes. */
  public Durability transition(
      @Nullable String from, @Nullable String to, long stateSize, @Nullable String reason) {
    return event(EventTypes.AGENT_TRANSITION, Category.EXECUTION)
        .agent(from)
        .detail("from_agent", from)
        .detail("to_agent", to)
        .detail("state_size", stateSize)
        .detail("reason", reason)
        .log();
  }

  /** Logs that an agent could not go on without a person. */
  public Durability clarificationNeeded(
      @Nullable String agent,
      @Nullable String reason,
      @Nullable Map<String, ? extends @Nullable Object> context) {
    return event(EventTypes.HUMAN_CLARIFICATION_NEEDED, Category.INTERACTION)
        .agent(agent)
        .detail("reason", reason)
        .detail("context", (Object) context)
        .log();
  }

  /** Logs an error; see {@link #errorEvent}. */
  public Durability error(@Nullable Throwable error) {
    return errorEvent(error).log();
  }

  /** Logs an error with what its place knew about it; see {@link #errorEvent}. */
  public Durability error(
      @Nullable Throwable error, @Nullable Map<String, ? extends @Nullable Object> context) {
    return errorEvent(error).detail("context", (Object) context).log();
  }

  /**
   * Starts the event of an error, with its type, message, stack with causes and suppressed ones,
   * its first cause, the thread, and the events that this thread logged last.
   */
  public EventBuilder errorEvent(@Nullable Throwable error) {
    EventBuilder event = event(EventTypes.ERROR, Category.ERROR).failed(error);
    if (error == null || nothing != null) {
      return event;
    }
    return event
        .detail("stack", StackText.of(error, limit.keepsContent()))
        .detail("root_cause", StackText.rootCause(error))
        .detail("thread", Thread.currentThread().getName())
        .recent();
  }

  /**
   * Runs an agent's work in a scope of this agent, and logs its start and its end with duration and
   * success; an error is logged and thrown on.
   */
  public <T extends @Nullable Object> T runAgent(@Nullable String agent, @Nullable Callable<T> work)
      throws Exception {
    Callable<T> task = HostCode.orNothing(work);
    return scope()
        .agent(agent)
        .call(() -> {
          agentStarted(agent).log();
          long start = System.nanoTime();
          try {
            T result = task.call();
            agentFinished(agent).durationSince(start).success(true).log();
            return result;
          } catch (Exception | Error e) {
            error(e);
            agentFinished(agent).durationSince(start).failed(e).log();
            throw e;
          }
        });
  }

  /**
   * The agent as an object of this interface whose executions are recorded: of the methods with
   * {@link LogAgentExecution}, on the interface or on the agent's class, or of all when none has
   * it, as the agent named after the interface. Results and exceptions are the agent's own; a
   * completion stage or publisher is an execution that ends when that does.
   *
   * @throws IllegalArgumentException when the type is no interface whose calls can be recorded; the
   *     message says why, and what to do
   */
  public <T> T instrument(Class<T> type, T agent) {
    T instrumented = InstrumentedAgent.of(executions, type, agent);
    return nothing == null ? instrumented : agent;
  }

  /** Takes down executions of agents for those who intercept their calls by other means. */
  public ExecutionLog executions() {
    return executions;
  }

  /**
   * Logs an event that is complete. Nothing is filled in from a scope; without a story it goes to
   * the recorder's.
   */
  public Durability log(@Nullable Event event) {
    return log(event, Mode.NEW);
  }

  /**
   * As {@link #log(Event)}, of an event that others report, too: a store joins the reports that
   * have the same id, in whatever order they come.
   */
  public Durability log(@Nullable Event event, @Nullable Mode mode) {
    if (nothing != null) {
      return Durability.DROPPED;
    }
    if (event == null) {
      countMisuse();
      return Durability.DROPPED;
    }
    EventBuilder holder = event("event", Category.EXECUTION);
    Mode joined = mode == null ? Mode.NEW : mode;
    String story = event.text(Field.STORY_ID);
    return holder.log(
        line -> EventLine.encode(event, joined, line),
        story == null ? config.story() : story,
        event.micros());
  }

  /** As {@link #log(Event, Mode)}, of a row of a batch, without making an object of it. */
  public Durability log(EventBatch batch, int row, Mode mode) {
    if (nothing != null) {
      return Durability.DROPPED;
    }
    EventBuilder holder = event("event", Category.EXECUTION);
    String story = batch.text(row, Field.STORY_ID);
    long micros = batch.integer(row, Field.TIMESTAMP);
    return holder.log(
        line -> EventLine.encode(batch, row, mode, line),
        story == null ? config.story() : story,
        micros);
  }

  /** The scope in force on this thread, to be changed and opened, wrapped or run. */
  public Scope scope() {
    return new Scope(bindings, Attribution.noChanges());
  }

  public RecorderConfig config() {
    return config;
  }

  /** Counts at this instant. Never blocks. */
  public RecorderStats stats() {
    Drainer to = drainer;
    if (to == null) {
      return new RecorderStats(0, 0, 0, 0, 0, 0, false, null);
    }
    Tally.Snapshot now = tally.snapshot();
    String problem = to.problem();
    return new RecorderStats(
        now.offered(),
        now.written(),
        now.dropped(),
        now.pending(),
        misused.get(),
        to.capacity(),
        to.isMapped(),
        problem == null ? openingProblem : problem);
  }

  /**
   * Waits until everything that was logged before is in its journal, at most {@link
   * RecorderConfig#syncWait}; true when it is.
   */
  public boolean flush() {
    return flush(config.syncWait());
  }

  /** As {@link #flush()}, with a bound of its own. */
  public boolean flush(Duration most) {
    Drainer to = drainer;
    try {
      return to == null || to.flush(nanos(most));
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  /** A duration too long to be counted in nanoseconds is as long as that can be. */
  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE / 2;
    }
  }

  /** Waits until everything that was logged before survives a power cut; true when it does. */
  public boolean sync() {
    Drainer to = drainer;
    try {
      return to == null || to.awaitSynced(to.tail(), nanos(config.syncWait()));
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  /**
   * Writes and forces everything, ends the recorder's threads and removes the ring; blocks at most
   * about {@link RecorderConfig#syncWait}. What the disk does not take stays in the ring file, from
   * which the next recorder recovers it. What is logged afterwards is dropped and counted. Closing
   * again has no effect.
   */
  @Override
  public void close() {
    Drainer to = drainer;
    if (to == null) {
      return;
    }
    try {
      to.close(nanos(config.syncWait()));
    } catch (RuntimeException | Error e) {
      // The ring's file was cut or its disk is gone; what was in it is lost, the host goes on.
    }
    encoders.close();
    bindings.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs or has run.
    }
  }

  void countMisuse() {
    if (nothing == null) {
      misused.getAndIncrement();
    }
  }

  long now() {
    try {
      return Timestamps.of(clock.instant());
    } catch (Throwable e) {
      HostCode.keepInterrupt(e);
      return Timestamps.now();
    }
  }

  Durability log(Encoder encoder, Durability wanted) {
    return log(encoder, wanted, null, "", 0);
  }

  /** Also a fault of the ring's memory, when its file is cut by somebody, ends here. */
  Durability log(
      Encoder encoder,
      Durability wanted,
      Encoder.@Nullable Line encoded,
      String story,
      long micros) {
    try {
      return put(encoder, wanted, encoded, story, micros);
    } catch (Throwable e) {
      // It was counted when it was put or dropped; only what became of it cannot be told.
      HostCode.keepInterrupt(e);
      return Durability.DROPPED;
    }
  }

  private Durability put(
      Encoder encoder,
      Durability wanted,
      Encoder.@Nullable Line encoded,
      String story,
      long micros) {
    Drainer to = drainer;
    if (to == null) {
      return Durability.DROPPED;
    }
    Thread thread = Thread.currentThread();
    tally.offer(thread);
    long now = Timestamps.NONE;
    long position;
    try {
      now = now();
      byte[] journal =
          encoded == null
              ? encoder.encode(bindings.current(), now)
              : encoder.take(encoded, story, micros);
      position =
          encoder.details.isRefused()
              ? Ring.FULL
              : to.put(journal, encoder.bytes(), 0, encoder.length());
    } catch (Throwable e) {
      // Whatever it is, it is not the host's fault, and must not become its problem.
      HostCode.keepInterrupt(e);
      position = Ring.FULL;
    } finally {
      encoders.release(encoder, thread);
    }
    return reached(to, position, wanted, now);
  }

  private Durability reached(Drainer to, long position, Durability wanted, long now) {
    if (position < 0) {
      to.dropped(now == Timestamps.NONE ? Timestamps.now() : now);
      return Durability.DROPPED;
    }
    if (wanted == Durability.SYNCED
        && position != Drainer.UNKNOWN
        && to.awaitSynced(position, nanos(config.syncWait()))) {
      return Durability.SYNCED;
    }
    boolean written =
        position == 0
            || (position != Drainer.UNKNOWN
                && (to.isMapped()
                    || (wanted != Durability.ACCEPTED
                        && to.awaitWritten(position, nanos(config.maxWait())))));
    return written ? Durability.WRITTEN : Durability.ACCEPTED;
  }

  private Drainer.Line gapLine(Gap gap) {
    long now = now();
    Encoder encoder = encoders.acquire(Thread.currentThread());
    encoder.begin(EventTypes.RECORDER_GAP, Category.EXECUTION, Thread.currentThread());
    encoder.details.number("dropped", gap.events());
    encoder.details.text("from", Timestamps.text(gap.firstMicros()), limit);
    encoder.details.text("to", Timestamps.text(gap.lastMicros()), limit);
    byte[] journal = encoder.encode(bindings.root(), now);
    byte[] line = java.util.Arrays.copyOf(encoder.bytes(), encoder.length());
    encoders.release(encoder, Thread.currentThread());
    return new Drainer.Line(journal, line);
  }

  @Override
  public String toString() {
    return nothing == null ? "FlightRecorder[" + config.basePath() + "]" : "FlightRecorder[none]";
  }
}
