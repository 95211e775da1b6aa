package dev.flightlog.server.dashboard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What takes long to work out, kept and brought up to date while it is shown. A value that may be
 * out of date is shown once more while a thread works out the next one, unless it is too old. That
 * takes at most a fifth of the time for one value, however many look. Safe for many threads; {@link
 * #get} blocks while there is nothing to show.
 */
final class Kept<K, V> {
  /** The oldest that is shown though something has changed. */
  static final Duration CHANGED = Duration.ofMinutes(2);

  /** The oldest that is shown when nothing has; some of it depends on the time. */
  static final Duration UNCHANGED = Duration.ofMinutes(10);

  /** What is younger, and of what nothing has changed, is as good as new. */
  static final Duration NEW = Duration.ofSeconds(30);

  /** Nobody has looked for so long: then nothing is worked out ahead. */
  static final Duration NOBODY = Duration.ofMinutes(30);

  /** A value is worked out anew after so many times of the time that it took. */
  private static final int REST = 4;

  private static final int MOST = 32;

  private final Function<K, V> work;
  private final Predicate<V> worth;
  private final Supplier<?> state;
  private final LongSupplier nanos;
  private final ScheduledExecutorService later;

  private final Map<K, Place> places =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Place> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param work may throw; what it throws is not kept
   * @param worth which values are kept at all
   * @param state equal as long as nothing has changed; cheap
   * @param nanos as {@link System#nanoTime}
   * @param later works out the next values; stays open
   */
  Kept(
      Function<K, V> work,
      Predicate<V> worth,
      Supplier<?> state,
      LongSupplier nanos,
      ScheduledExecutorService later) {
    this.work = work;
    this.worth = worth;
    this.state = state;
    this.nanos = nanos;
    this.later = later;
    lookedAt = nanos.getAsLong();
  }

  private volatile long lookedAt;

  private record Value<V>(V value, Object state, long begun, long took) {}

  /** The value of one key; its lock is held while there is nothing to show. */
  private final class Place {
    private volatile @Nullable Value<V> known;
    private volatile boolean underWay;
    private volatile boolean tried;
  }

  /** The value, at most as old as is said above. */
  V get(K key) {
    return get(key, work);
  }

  /**
   * The same.
   *
   * @param here works it out when there is nothing to show, on the thread of the caller
   */
  V get(K key, Function<K, V> here) {
    lookedAt = nanos.getAsLong();
    Place place = place(key);
    Value<V> shown = shown(key, place);
    if (shown == null) {
      synchronized (place) {
        // Whoever held the lock may have worked it out.
        shown = shown(key, place);
        if (shown == null) {
          shown = workOut(key, place, here);
        }
      }
    }
    return shown.value();
  }

  private Place place(K key) {
    synchronized (places) {
      return places.computeIfAbsent(key, _ -> new Place());
    }
  }

  private @Nullable Value<V> shown(K key, Place place) {
    Value<V> known = place.known;
    if (known == null) {
      return null;
    }
    long age = nanos.getAsLong() - known.begun();
    boolean changed = !known.state().equals(state.get());
    if (age > (changed ? CHANGED : UNCHANGED).toNanos()) {
      return null;
    }
    if (changed || age > NEW.toNanos()) {
      workOutLater(key, place, Math.max(0, REST * known.took() - age));
    }
    return known;
  }

  private Value<V> workOut(K key, Place place, Function<K, V> by) {
    Object before = state.get();
    long begin = nanos.getAsLong();
    V value = by.apply(key);
    Value<V> made = new Value<>(value, before, begin, nanos.getAsLong() - begin);
    place.known = worth.test(value) ? made : null;
    return made;
  }

  private void workOutLater(K key, Place place, long delay) {
    if (!place.underWay) {
      place.underWay = true;
      try {
        later.schedule(() -> renew(key, place), delay, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        // The server stops.
      }
    }
  }

  private void renew(K key, Place place) {
    try {
      workOut(key, place, work);
    } catch (RuntimeException e) {
      // Whoever asks next is told, since what is kept is too old by then.
    } finally {
      place.underWay = false;
    }
  }

  /**
   * Works out ahead the first of these that is not there or may soon be too old; for a thread in
   * the background.
   *
   * @return how long that took in nanoseconds; 0 when all are there
   */
  long workOutAhead(List<K> keys) {
    boolean looked = nanos.getAsLong() - lookedAt < NOBODY.toNanos();
    for (K key : keys) {
      Place place = place(key);
      Value<V> known = place.known;
      boolean tried = place.tried;
      if (known == null ? tried : !looked || isGoodFor(known)) {
        continue;
      }
      place.tried = true;
      long begin = nanos.getAsLong();
      renew(key, place);
      return Math.max(1, nanos.getAsLong() - begin);
    }
    return 0;
  }

  private boolean isGoodFor(Value<V> known) {
    long age = nanos.getAsLong() - known.begun();
    boolean changed = !known.state().equals(state.get());
    return age < (changed ? CHANGED : UNCHANGED).toNanos() / 2;
  }
}
