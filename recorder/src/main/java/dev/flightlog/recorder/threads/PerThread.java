package dev.flightlog.recorder.threads;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value a thread, which can be taken back from all threads at once: what a thread of a pool
 * keeps after {@link #close} is an empty array of the platform, never a class of ours. For any
 * thread.
 */
public final class PerThread<T> {
  private static final int OFTEN = 64;

  private final ThreadLocal<@Nullable Object[]> onThread = new ThreadLocal<>();
  private final List<WeakReference<@Nullable Object[]>> all = new ArrayList<>();
  private volatile boolean closed;

  @SuppressWarnings("unchecked")
  public @Nullable T get() {
    @Nullable Object[] slot = onThread.get();
    return slot == null ? null : (T) slot[0];
  }

  public void set(T value) {
    @Nullable Object[] slot = onThread.get();
    if (slot == null) {
      slot = added();
    }
    slot[0] = closed ? null : value;
  }

  public void remove() {
    @Nullable Object[] slot = onThread.get();
    if (slot != null) {
      slot[0] = null;
    }
  }

  private @Nullable Object[] added() {
    @Nullable Object[] slot = new @Nullable Object[1];
    onThread.set(slot);
    synchronized (all) {
      if (all.size() % OFTEN == OFTEN - 1) {
        all.removeIf(each -> each.get() == null);
      }
      all.add(new WeakReference<>(slot));
    }
    return slot;
  }

  /** Forgets the values of all threads; what is set from now on is forgotten at once. */
  public void close() {
    closed = true;
    synchronized (all) {
      for (WeakReference<@Nullable Object[]> each : all) {
        @Nullable Object[] slot = each.get();
        if (slot != null) {
          slot[0] = null;
        }
      }
      all.clear();
    }
  }
}
