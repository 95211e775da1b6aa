package dev.flightlog.runs;

import dev.flightlog.event.Category;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.Content;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.runs.archive.Completion;
import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFiles;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.files.SharedRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run of an experiment that is going on, with its logs below {@code <root>/<framework>/<run
 * id>/logs}, apart by step and component.
 *
 * <pre>{@code
 * RunLogger log = FlightRun.logger("adapter");
 * try (FlightRun run = FlightRun.open(Path.of("runs"), "baes", "abc123")) {
 *   run.model("some-model");
 *   try (RunStep step = run.step(1)) {
 *     log.info("asking", Map.of("prompt", 3));            // step_001/adapter.log
 *     step.modelCall(ModelUsage.of("some-model", 1234, 567));
 *     executor.submit(step.wrap(work)).get();             // another thread
 *   }
 * }                                                       // metrics, summary
 * }</pre>
 *
 * <p>An entry survives {@code kill -9} of the process when the call returned. Secrets are redacted
 * before the first byte. What cannot be written never becomes the host's problem: {@link #stats}
 * tells it. Several runs may be open at once, and several threads and processes may work in one.
 */
public final class FlightRun implements AutoCloseable {
  /** The largest number that a step may have; the smallest is 0. */
  public static final long LARGEST_STEP = 999_999_999;

  private static final long PID = ProcessHandle.current().pid();

  private final String framework;
  private final String id;
  private final RunConfig config;
  private final RunFiles files;
  private final FlightRecorder recorder;
  private final Redactor redactor;

  /** Whether events keep the same texts as lines do. */
  private final boolean encodesOnce;

  private final byte[] runMember;

  /** Components are few, and known by their loggers. */
  private final Map<String, byte[]> members = new ConcurrentHashMap<>();

  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Contexts.Context context = new Contexts.Context(this, null);
  private final Contexts.@Nullable Binding binding;
  private volatile boolean failed;
  private volatile boolean archives;
  private volatile @Nullable Path workspace;

  private FlightRun(Path root, String framework, String id, RunConfig config, boolean bound) {
    this.framework = framework;
    this.id = id;
    this.config = config;
    files = SharedRuns.open(RunFolder.of(root, framework, id), config.fileBytes());
    FlightRecorder given = config.recorder();
    recorder = given == null ? SharedRecorder.take() : given;
    redactor = Redactor.create(key(recorder));
    encodesOnce = recorder.config().content() == Content.FULL;
    runMember = EntryEncoder.member("run_id", id, redactor);
    if (bound) {
      Contexts.opened(this);
    }
    binding = bound ? Contexts.bind(context) : null;
    write(
        RunFolder.NO_STEP,
        Entry.counted(
            "orchestrator",
            "run_started",
            "run " + id + " started",
            Map.of("framework", framework, "pid", PID, "first", files.isFirst())));
  }

  /** Without a key file, equal secrets look equal within this run only. */
  private static RedactionKey key(FlightRecorder recorder) {
    if (recorder.isEnabled()) {
      try {
        return RedactionKey.inHome(recorder.config().home());
      } catch (IOException e) {
        // Told by the recorder, which has the same home.
      }
    }
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return RedactionKey.of(random);
  }

  /**
   * Opens a run, or joins one that is open here or in another process, and goes on with one that
   * has ended; the thread belongs to it until it is closed.
   *
   * @param root may be missing
   * @param runId any text; see {@link RunFolder#plain} for the name of its folder
   * @throws RunException when its folder cannot be written, or another process is just completing
   *     it
   */
  public static FlightRun open(Path root, String framework, String runId) {
    return open(root, framework, runId, RunConfig.defaults());
  }

  /** As {@link #open(Path, String, String)}, with a recorder, clock or limit of its own. */
  public static FlightRun open(Path root, String framework, String runId, RunConfig config) {
    return new FlightRun(root, framework, runId, config, true);
  }

  /**
   * As {@link #open(Path, String, String, RunConfig)}, but no thread belongs to it: for who tells
   * with each entry where it belongs, such as an appender. See {@link #log(long, LogEntry)} and
   * {@link #detachedStep}.
   */
  public static FlightRun detached(Path root, String framework, String runId, RunConfig config) {
    return new FlightRun(root, framework, runId, config, false);
  }

  /**
   * The run of this id that was opened in this process and is not closed; of several the one that
   * was opened first. Runs that are detached are not found.
   *
   * @param framework null for any
   */
  public static Optional<FlightRun> find(@Nullable String framework, String runId) {
    return Contexts.find(framework, runId);
  }

  /** A logger for a component; make it once, and use it in every run. */
  public static RunLogger logger(String component) {
    return new RunLogger(component);
  }

  /** The run in which this thread works. */
  public static Optional<FlightRun> current() {
    return Optional.ofNullable(Contexts.current()).map(Contexts.Context::run);
  }

  /** The step in which this thread works. */
  public static Optional<RunStep> currentStep() {
    Contexts.Context now = Contexts.current();
    return now == null ? Optional.empty() : Optional.ofNullable(now.step());
  }

  public String id() {
    return id;
  }

  public String framework() {
    return framework;
  }

  /** Where its files are. */
  public Path folder() {
    return files.folder().path();
  }

  /** Tells which model this run is about. */
  public void model(String name) {
    write(
        RunFolder.NO_STEP,
        Entry.counted("orchestrator", "run_model", "model " + name, Map.of("model", name)));
  }

  /**
   * Begins a step, to which this thread belongs until it is closed; one of the same number that has
   * ended is gone on with.
   *
   * @param number from 0 to 999,999,999
   */
  public RunStep step(long number) {
    return detachedStep(number).open();
  }

  /** As {@link #step(long)}, but this thread does not belong to it. */
  public RunStep detachedStep(long number) {
    if (number < 0 || number > LARGEST_STEP) {
      throw new RunException("a step has a number from 0 to " + LARGEST_STEP + ", not " + number);
    }
    return new RunStep(this, number);
  }

  /** The number of the step of this run in which the thread works. */
  public OptionalLong stepOfThread() {
    Contexts.Context now = Contexts.current();
    RunStep step = now == null || now.run() != this ? null : now.step();
    return step == null ? OptionalLong.empty() : OptionalLong.of(step.number());
  }

  /**
   * Logs in a step by its number, whatever the thread, and whether somebody has begun it or not;
   * {@link RunFolder#NO_STEP} for outside of steps. Never throws for what happens here.
   *
   * @return false when it stands in no file of the run: when that is closed, or cannot be written
   */
  public boolean log(long step, LogEntry entry) {
    try {
      Instant time = entry.time();
      return write(
          step,
          new Entry(
              entry.level(),
              entry.component(),
              null,
              entry.message(),
              entry.error(),
              entry.details(),
              time == null ? Timestamps.NONE : Timestamps.of(time)));
    } catch (Throwable e) {
      // What a host's object throws while it is turned into text is not the host's problem.
      return false;
    }
  }

  /** Does the work in a step of its own; what it throws fails the step and passes through. */
  public <T extends @Nullable Object> T step(long number, Callable<T> work) throws Exception {
    try (RunStep step = step(number)) {
      return step.call(work);
    }
  }

  /** Work that belongs to this run on whatever thread it is done, outside of steps. */
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> work) {
    return () -> Contexts.call(context, work);
  }

  /** Tells that this run has failed; it stays so. */
  public void fail(@Nullable Throwable error) {
    failed = true;
    write(RunFolder.NO_STEP, Entry.failed(error));
  }

  /**
   * Has the run archived when it is closed.
   *
   * @param folder of the files that the run made, to be archived with it; or null
   */
  public void archiveAtEnd(@Nullable Path folder) {
    workspace = folder;
    archives = true;
  }

  /** What became of the entries of this process. Never blocks. */
  public RunStats stats() {
    return new RunStats(files.written(), files.elsewhere(), files.lost(), files.problem());
  }

  boolean isOpen() {
    return open.get();
  }

  long now() {
    return Timestamps.of(config.clock().instant());
  }

  void closeFiles(long step) {
    files.closeStep(step);
  }

  /** Writes an entry to its file and as an event; false when no file took it. */
  boolean write(long step, Entry entry) {
    if (!open.get()) {
      return false;
    }
    long micros = entry.micros() == Timestamps.NONE ? now() : entry.micros();
    EntryEncoder encoder = EntryEncoder.take();
    try {
      if (encodesOnce && encoder.encode(entry, framework, redactor)) {
        EventBuilder event =
            event(entry).encodedDetails(encoder.details(), 0, encoder.detailsLength());
        log(event, entry, step, micros);
        byte[] component = members.computeIfAbsent(entry.component(), this::component);
        return encoder.writeTo(files, entry, step, micros, runMember, component);
      }
    } finally {
      encoder.giveBack();
    }
    record(entry, step, micros);
    return entry.writeTo(files, id, step, micros, redactor);
  }

  private byte[] component(String name) {
    return EntryEncoder.member("component", name, redactor);
  }

  private void record(Entry entry, long step, long micros) {
    EventBuilder event = event(entry);
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    if (entry.details() != null) {
      details.putAll(entry.details());
    }
    details.put("level", entry.level().name());
    details.put(entry.error() == null ? "message" : "log_message", entry.message());
    details.put("framework", framework);
    if (details.containsKey("cost_usd")) {
      // What the experiment was told that it costs holds; no table of prices knows better.
      details.putIfAbsent("billing", "told");
    }
    if (details.get("input_tokens") instanceof Long
        && details.get("output_tokens") instanceof Long) {
      event.tokens(tokens(details));
    }
    log(event.details(details), entry, step, micros);
  }

  private void log(EventBuilder event, Entry entry, long step, long micros) {
    event.runId(id).component(entry.component()).at(Timestamps.instant(micros));
    if (step != RunFolder.NO_STEP) {
      event.step(step);
    }
    event.log();
  }

  private static long tokens(Map<String, @Nullable Object> details) {
    long sum = 0;
    for (String kind :
        List.of("input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens")) {
      sum += details.get(kind) instanceof Long tokens ? tokens : 0;
    }
    return sum;
  }

  private EventBuilder event(Entry entry) {
    if (entry.error() != null) {
      return recorder.errorEvent(entry.error());
    }
    String type = entry.type() == null ? "log" : entry.type();
    return recorder.event(
        type, entry.level() == System.Logger.Level.ERROR ? Category.ERROR : Category.EXECUTION);
  }

  /**
   * Ends the run. The last one who has it open writes {@code metrics.json}, {@code metadata.json},
   * the archive if it was asked for, and {@code logs_summary.txt}; blocks for that. Never throws;
   * closing again has no effect.
   */
  @Override
  public void close() {
    close(true);
  }

  /**
   * As {@link #close()}.
   *
   * @param succeeded false tells that it has failed
   */
  public void close(boolean succeeded) {
    failed = failed || !succeeded;
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    String status = failed ? "failed" : "completed";
    write(
        RunFolder.NO_STEP,
        Entry.counted(
            "orchestrator",
            "run_finished",
            "run " + id + " ended",
            Map.of("status", status, "pid", PID)));
    open.set(false);
    Contexts.Binding bound = binding;
    if (bound != null) {
      Contexts.unbind(bound);
    }
    Contexts.closed(this);
    files.leave(() -> Completion.complete(files.folder(), archives, workspace));
    if (config.recorder() == null) {
      SharedRecorder.giveBack();
    }
  }
}
