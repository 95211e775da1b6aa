package dev.flightlog.recorder;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scope that is open on the thread that opened it. Closing it twice, or in another order than its
 * neighbours, does no harm; closing it on another thread has no effect and is counted.
 */
public final class OpenScope implements AutoCloseable {
  private final Bindings bindings;
  private final Bindings.Binding binding;

  OpenScope(Bindings bindings, Bindings.Binding binding) {
    this.bindings = bindings;
    this.binding = binding;
  }

  @Override
  public void close() {
    bindings.unbind(binding);
  }

  /** The task, to be run within this scope on whatever thread, also after it was closed here. */
  public Runnable wrap(Runnable task) {
    return wrap(bindings, binding.attribution, task);
  }

  /** The task, to be called within this scope on whatever thread. */
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
    return () -> within(bindings, binding.attribution, task);
  }

  /** As {@link #wrap(Callable)}; of another name because a lambda would fit both. */
  public <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> task) {
    return wrapSupplier(bindings, binding.attribution, task);
  }

  static Runnable wrap(Bindings bindings, Attribution attribution, Runnable task) {
    return () -> {
      Bindings.Binding bound = bindings.bind(attribution);
      try {
        task.run();
      } finally {
        bindings.unbind(bound);
      }
    };
  }

  static <T extends @Nullable Object> Supplier<T> wrapSupplier(
      Bindings bindings, Attribution attribution, Supplier<T> task) {
    return () -> {
      Bindings.Binding bound = bindings.bind(attribution);
      try {
        return task.get();
      } finally {
        bindings.unbind(bound);
      }
    };
  }

  static <T extends @Nullable Object> T within(
      Bindings bindings, Attribution attribution, Callable<T> task) throws Exception {
    Bindings.Binding bound = bindings.bind(attribution);
    try {
      return task.call();
    } finally {
      bindings.unbind(bound);
    }
  }
}
