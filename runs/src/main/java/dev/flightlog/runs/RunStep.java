package dev.flightlog.runs;

import dev.flightlog.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run that is going on: what the thread logs that opened it, and what work logs that
 * was handed on with {@link #wrap}, belongs to it until it is closed. Safe for many threads; never
 * throws into its host.
 */
public final class RunStep implements AutoCloseable {
  private static final String ORCHESTRATOR = "orchestrator";
  private static final String METRICS = "metrics";
  private static final String VALIDATOR = "validator";

  private final FlightRun run;
  private final long number;
  private final long begun;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Contexts.Context context;
  private Contexts.@Nullable Binding binding;
  private volatile boolean failed;

  RunStep(FlightRun run, long number) {
    this.run = run;
    this.number = number;
    this.begun = run.now();
    this.context = new Contexts.Context(run, this);
    count(ORCHESTRATOR, "step_started", "step " + number + " started", Map.of());
  }

  /** Binds this step to the thread. */
  RunStep open() {
    binding = Contexts.bind(context);
    return this;
  }

  public FlightRun run() {
    return run;
  }

  public long number() {
    return number;
  }

  private void count(String component, String type, String message, Map<String, ?> details) {
    run.write(number, Entry.counted(component, type, message, details));
  }

  /** Counts that something of this step is tried again. */
  public void retry(@Nullable String reason) {
    count(
        ORCHESTRATOR, "retry", "trying again: " + reason, Map.of("reason", String.valueOf(reason)));
  }

  /** Counts a call of a programming interface that is no model. */
  public void apiCall(@Nullable String what, Duration took) {
    count(
        METRICS,
        "api_call",
        String.valueOf(what),
        Map.of("api", String.valueOf(what), "duration_ms", took.toMillis()));
  }

  /** Counts a request to a model, which is a call of a programming interface, too. */
  public void modelCall(ModelUsage usage) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("model", usage.model());
    details.put("input_tokens", usage.inputTokens());
    details.put("output_tokens", usage.outputTokens());
    details.put("cache_read_tokens", usage.cacheReadTokens());
    details.put("cache_write_tokens", usage.cacheWriteTokens());
    usage.costUsd().ifPresent(cost -> details.put("cost_usd", cost));
    run.write(number, Entry.counted(METRICS, "model_call", "request to " + usage.model(), details));
  }

  /** Tells that a person was asked, or said something. */
  public void humanInteraction(@Nullable String kind, @Nullable String text) {
    count(
        ORCHESTRATOR,
        "human_interaction",
        String.valueOf(text),
        Map.of("kind", String.valueOf(kind)));
  }

  /** Tells how long something that the step needs did not answer. */
  public void downtime(Duration took, @Nullable String reason) {
    count(
        VALIDATOR,
        "downtime",
        String.valueOf(reason),
        Map.of("duration_ms", took.toMillis(), "reason", String.valueOf(reason)));
  }

  /** Tells that this step has failed; it stays so. */
  public void fail(@Nullable String reason) {
    failed = true;
    run.write(
        number,
        new Entry(
            System.Logger.Level.ERROR,
            ORCHESTRATOR,
            null,
            "failed: " + reason,
            null,
            null,
            Timestamps.NONE));
  }

  /** Tells that this step has failed, and by what. */
  public void fail(@Nullable Throwable error) {
    failed = true;
    run.write(number, Entry.failed(error));
  }

  /** Work that belongs to this step on whatever thread it runs. */
  public Runnable wrap(Runnable work) {
    return () -> {
      try {
        Contexts.<@Nullable Object>call(
            context,
            () -> {
              work.run();
              return null;
            });
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** As {@link #wrap(Runnable)}, with a result. */
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> work) {
    return () -> Contexts.call(context, work);
  }

  /**
   * Does the work within this step, on Java 25 as a scoped value; what it throws fails the step and
   * passes through.
   */
  public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
    try {
      return Contexts.call(context, work);
    } catch (Exception | Error e) {
      fail(e);
      throw e;
    }
  }

  /** Ends the step; closing again has no effect. */
  @Override
  public void close() {
    end(run.now());
  }

  /**
   * Ends the step as of a time that has passed; closing again has no effect.
   *
   * @param succeeded false tells that it has failed
   */
  public void close(Instant ended, boolean succeeded) {
    failed = failed || !succeeded;
    end(Timestamps.of(ended));
  }

  private void end(long micros) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    String status = failed ? "failed" : "succeeded";
    long millis = Math.max(0, (micros - begun) / 1000);
    count(
        ORCHESTRATOR,
        "step_finished",
        "step " + number + " " + status,
        Map.of("status", status, "duration_ms", millis));
    Contexts.Binding bound = binding;
    if (bound != null) {
      Contexts.unbind(bound);
    }
    run.closeFiles(number);
  }
}
