package dev.flightlog.runs;

import dev.flightlog.recorder.threads.PerThread;
import dev.flightlog.recorder.threads.ScopedBinding;
import dev.flightlog.runs.files.RunFolder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * In which run and step a thread works: the innermost of what was opened on the thread and of what
 * it was called in, which on Java 25 the forks of a {@code StructuredTaskScope} inherit. A thread
 * that knows none works in the one run that is open in this process, if it is only one.
 */
final class Contexts {
  /** A run, and a step of it or none. */
  record Context(FlightRun run, @Nullable RunStep step) {
    /** The number of the step, {@link RunFolder#NO_STEP} for none. */
    long number() {
      return step == null ? RunFolder.NO_STEP : step.number();
    }
  }

  /** One context opened on one thread. */
  static final class Binding {
    private final Context context;
    private final @Nullable Object under;
    private final @Nullable Binding previous;
    private final Thread thread = Thread.currentThread();
    private volatile boolean closed;

    Binding(Context context, @Nullable Object under, @Nullable Binding previous) {
      this.context = context;
      this.under = under;
      this.previous = previous;
    }
  }

  private static final ScopedBinding SCOPED = new ScopedBinding();
  private static final PerThread<Binding> ON_THREAD = new PerThread<>();
  private static final List<FlightRun> OPEN = new CopyOnWriteArrayList<>();

  private Contexts() {}

  static @Nullable Context current() {
    Binding binding = top();
    Object frame = SCOPED.get();
    Context known =
        binding != null && (frame == null || binding.under == frame)
            ? binding.context
            : frame instanceof Context called ? called : null;
    if (known != null && known.run().isOpen()) {
      return known;
    }
    List<FlightRun> open = OPEN;
    try {
      return open.size() == 1 ? new Context(open.get(0), null) : null;
    } catch (IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static @Nullable Binding top() {
    Binding top = ON_THREAD.get();
    while (top != null && top.closed) {
      top = top.previous;
    }
    return top;
  }

  static Binding bind(Context context) {
    Binding binding = new Binding(context, SCOPED.get(), top());
    ON_THREAD.set(binding);
    return binding;
  }

  /** Ends a binding, in whatever order and from whatever thread. */
  static void unbind(Binding binding) {
    binding.closed = true;
    if (binding.thread == Thread.currentThread()) {
      Binding top = top();
      if (top == null) {
        ON_THREAD.remove();
      } else {
        ON_THREAD.set(top);
      }
    }
  }

  /** Calls in a context; what the call throws passes through. */
  static <T extends @Nullable Object> T call(Context context, Callable<T> task) throws Exception {
    if (SCOPED.isAvailable()) {
      return SCOPED.call(context, task);
    }
    Binding binding = bind(context);
    try {
      return task.call();
    } finally {
      unbind(binding);
    }
  }

  static void opened(FlightRun run) {
    OPEN.add(run);
  }

  static void closed(FlightRun run) {
    OPEN.remove(run);
  }

  static Optional<FlightRun> find(@Nullable String framework, String runId) {
    for (FlightRun run : OPEN) {
      if (run.id().equals(runId) && (framework == null || run.framework().equals(framework))) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }
}
