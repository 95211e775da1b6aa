package dev.flightlog.recorder;

import dev.flightlog.recorder.threads.PerThread;
import dev.flightlog.recorder.threads.ScopedBinding;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which attribution holds on a thread: the innermost of those bound to the thread and of those
 * bound as a scoped value. A thread's binding remembers under which scoped value it was made; while
 * that one is still in force, the thread's is the inner one.
 */
final class Bindings {
  /** One scope run; its identity tells one from the other. */
  static final class Frame {
    final Attribution attribution;

    Frame(Attribution attribution) {
      this.attribution = attribution;
    }
  }

  /** One scope open on one thread. */
  static final class Binding {
    final Attribution attribution;
    private final @Nullable Object under;
    private final @Nullable Binding previous;
    private final Thread thread = Thread.currentThread();
    private boolean closed;

    Binding(Attribution attribution, @Nullable Object under, @Nullable Binding previous) {
      this.attribution = attribution;
      this.under = under;
      this.previous = previous;
    }
  }

  final ScopedBinding scoped = new ScopedBinding();
  private final PerThread<Binding> onThread = new PerThread<>();
  private final Attribution root;
  private final TextLimit limit;
  private final AtomicLong misused;

  /**
   * @param misused counts scopes that are closed on another thread
   */
  Bindings(Attribution root, TextLimit limit, AtomicLong misused) {
    this.root = root;
    this.limit = limit;
    this.misused = misused;
  }

  Attribution current() {
    Binding binding = onThread.get();
    Object frame = scoped.get();
    if (binding != null && (frame == null || binding.under == frame)) {
      return binding.attribution;
    }
    return frame instanceof Frame run ? run.attribution : root;
  }

  /** What holds here, with these changes. */
  Attribution changed(@Nullable Object[] changes) {
    return current().with(changes, limit);
  }

  Attribution root() {
    return root;
  }

  Binding bind(Attribution attribution) {
    Binding binding = new Binding(attribution, scoped.get(), onThread.get());
    onThread.set(binding);
    return binding;
  }

  /** Lets go of the scopes that are open on any thread. */
  void close() {
    onThread.close();
  }

  /** Ends a binding, in whatever order; on another thread than its own that is only counted. */
  void unbind(Binding binding) {
    if (binding.thread != Thread.currentThread()) {
      misused.getAndIncrement();
      return;
    }
    binding.closed = true;
    Binding top = onThread.get();
    while (top != null && top.closed) {
      top = top.previous;
    }
    if (top == null) {
      onThread.remove();
    } else {
      onThread.set(top);
    }
  }
}
