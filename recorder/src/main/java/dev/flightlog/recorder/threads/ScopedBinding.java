package dev.flightlog.recorder.threads;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Java 25's {@code ScopedValue}, reached by method handles, so that the forks of a {@code
 * StructuredTaskScope} inherit a scope. On an older Java there is none.
 */
public final class ScopedBinding {
  private static final @Nullable Class<?> SCOPED_VALUE = find("java.lang.ScopedValue");
  private static final @Nullable Class<?> CARRIER = find("java.lang.ScopedValue$Carrier");
  private static final @Nullable MethodHandle NEW;
  private static final @Nullable MethodHandle WHERE;
  private static final @Nullable MethodHandle RUN;
  private static final @Nullable MethodHandle OR_ELSE;

  /** Stands for: not bound. */
  private static final Object UNBOUND = new Object();

  static {
    MethodHandle make = null;
    MethodHandle where = null;
    MethodHandle run = null;
    MethodHandle orElse = null;
    if (SCOPED_VALUE != null && CARRIER != null) {
      try {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        make =
            lookup
                .findStatic(SCOPED_VALUE, "newInstance", MethodType.methodType(SCOPED_VALUE))
                .asType(MethodType.methodType(Object.class));
        where =
            lookup
                .findStatic(
                    SCOPED_VALUE,
                    "where",
                    MethodType.methodType(CARRIER, SCOPED_VALUE, Object.class))
                .asType(MethodType.methodType(Object.class, Object.class, Object.class));
        run =
            lookup
                .findVirtual(CARRIER, "run", MethodType.methodType(void.class, Runnable.class))
                .asType(MethodType.methodType(void.class, Object.class, Runnable.class));
        orElse =
            lookup
                .findVirtual(
                    SCOPED_VALUE, "orElse", MethodType.methodType(Object.class, Object.class))
                .asType(MethodType.methodType(Object.class, Object.class, Object.class));
      } catch (ReflectiveOperationException e) {
        // A preview of another shape: as if there were none.
        orElse = null;
      }
    }
    boolean whole = orElse != null;
    NEW = whole ? make : null;
    WHERE = whole ? where : null;
    RUN = whole ? run : null;
    OR_ELSE = orElse;
  }

  private final @Nullable Object key = newKey();

  /** Stays false until the first use, which spares all others the look. */
  private volatile boolean used;

  private static @Nullable Class<?> find(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static @Nullable Object newKey() {
    try {
      return NEW == null ? null : NEW.invokeExact();
    } catch (Throwable e) {
      return null;
    }
  }

  /** False before Java 25. */
  public boolean isAvailable() {
    return key != null;
  }

  /** What is bound here, or null. */
  public @Nullable Object get() {
    if (!used || key == null || OR_ELSE == null) {
      return null;
    }
    try {
      Object bound = OR_ELSE.invokeExact(key, UNBOUND);
      return bound == UNBOUND ? null : bound;
    } catch (Throwable e) {
      return null;
    }
  }

  /** Calls with the value bound; what the call throws passes through. */
  public <T extends @Nullable Object> T call(Object value, Callable<T> task) throws Exception {
    if (key == null || WHERE == null || RUN == null) {
      return task.call();
    }
    used = true;
    Outcome<T> outcome = new Outcome<>(task);
    try {
      Object carrier = WHERE.invokeExact(key, value);
      RUN.invokeExact(carrier, (Runnable) outcome);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return outcome.get();
  }

  private static final class Outcome<T extends @Nullable Object> implements Runnable {
    private final Callable<T> task;
    private @Nullable T result;
    private @Nullable Exception thrown;

    Outcome(Callable<T> task) {
      this.task = task;
    }

    @Override
    public void run() {
      try {
        result = task.call();
      } catch (Exception e) {
        thrown = e;
      }
    }

    @SuppressWarnings("NullAway") // null is what the task gave
    T get() throws Exception {
      if (thrown != null) {
        throw thrown;
      }
      return result;
    }
  }
}
