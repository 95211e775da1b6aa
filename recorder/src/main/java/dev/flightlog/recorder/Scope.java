package dev.flightlog.recorder;

import dev.flightlog.event.Field;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who and what the events of a stretch of work belong to. What is not set here comes from the scope
 * around it, at the time when this one is opened, wrapped or run.
 *
 * <pre>{@code
 * try (var scope = recorder.scope().workflow("checkout").agent("planner").open()) {
 *   recorder.toolCall("Read").log();          // workflow checkout, agent planner
 *   executor.submit(scope.wrap(() -> work())); // … and there, too
 * }
 * }</pre>
 *
 * <p>Immutable; for any thread.
 */
public final class Scope {
  private final Bindings bindings;
  private final @Nullable Object[] changes;

  Scope(Bindings bindings, @Nullable Object[] changes) {
    this.bindings = bindings;
    this.changes = changes;
  }

  private Scope with(Field field, @Nullable Object value) {
    if (value == null || value.equals("")) {
      return this;
    }
    @Nullable Object[] changed = changes.clone();
    changed[field.ordinal() - Attribution.FIRST] = value;
    return new Scope(bindings, changed);
  }

  public Scope session(@Nullable String id) {
    return with(Field.SESSION_ID, id);
  }

  /** The story, and with it the journal. */
  public Scope story(@Nullable String name) {
    return with(Field.STORY_ID, name);
  }

  public Scope workflow(@Nullable String id) {
    return with(Field.WORKFLOW_ID, id);
  }

  public Scope agent(@Nullable String name) {
    return with(Field.AGENT_NAME, name);
  }

  public Scope taskId(@Nullable String id) {
    return with(Field.TASK_ID, id);
  }

  public Scope runId(@Nullable String id) {
    return with(Field.RUN_ID, id);
  }

  public Scope step(long number) {
    return with(Field.STEP, number);
  }

  public Scope component(@Nullable String name) {
    return with(Field.COMPONENT, name);
  }

  private Attribution resolve() {
    return bindings.changed(changes);
  }

  /** Binds this scope to the current thread until the answer is closed, on the same thread. */
  public OpenScope open() {
    return new OpenScope(bindings, bindings.bind(resolve()));
  }

  /**
   * Runs the task within this scope. On Java 25 and later the scope is a scoped value, so that the
   * forks of a structured task scope inherit it; before, it holds on this thread only.
   */
  public void run(@Nullable Runnable given) {
    Runnable task = HostCode.orNothing(given);
    try {
      call(() -> {
        task.run();
        return Boolean.TRUE;
      });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a Runnable cannot throw this", e);
    }
  }

  /** Calls the task within this scope, as {@link #run} does. */
  public <T extends @Nullable Object> T call(@Nullable Callable<T> given) throws Exception {
    Callable<T> task = HostCode.orNothing(given);
    if (bindings.scoped.isAvailable()) {
      return bindings.scoped.call(new Bindings.Frame(resolve()), task);
    }
    return OpenScope.within(bindings, resolve(), task);
  }

  /** The task, to be run within this scope on whatever thread. */
  public Runnable wrap(@Nullable Runnable task) {
    return OpenScope.wrap(bindings, resolve(), HostCode.orNothing(task));
  }

  /** The task, to be called within this scope on whatever thread. */
  public <T extends @Nullable Object> Callable<T> wrap(@Nullable Callable<T> given) {
    Callable<T> task = HostCode.orNothing(given);
    Attribution attribution = resolve();
    return () -> OpenScope.within(bindings, attribution, task);
  }

  /** As {@link #wrap(Callable)}; of another name because a lambda would fit both. */
  public <T extends @Nullable Object> Supplier<T> wrapSupplier(@Nullable Supplier<T> task) {
    return OpenScope.wrapSupplier(bindings, resolve(), HostCode.orNothing(task));
  }
}
