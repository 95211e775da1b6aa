package dev.flightlog.home.duty;

import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HostName;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.lease.Lease;
import dev.flightlog.store.lease.Leases;
import dev.flightlog.tasks.PeriodicThread;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Some work that one of all servers beside a shared store does: held by a lease, renewed by a
 * thread of its own, taken over by another server within a minute and a half when this one is gone
 * or has lost the store. Beside a store of one machine it is always held. Safe for many threads.
 */
public final class Duty implements AutoCloseable {
  /** How long a lease holds without being renewed. */
  static final Duration LENGTH = Duration.ofSeconds(60);

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Optional<Leases> leases;
  private final String work;
  private final String holder;
  private final Consumer<String> messages;
  private final AtomicReference<Optional<Lease>> held = new AtomicReference<>(Optional.empty());
  private final PeriodicThread clock;
  private final Duration length;

  /**
   * @param holder who does it, for people
   * @param messages is told when it begins and ends
   */
  public Duty(EventStore store, String work, String holder, Consumer<String> messages) {
    this(store, work, holder, messages, LENGTH);
  }

  /** Of this process, as the one of this machine that has the home open. */
  public static Duty of(Home home, EventStore store, String work, Consumer<String> messages) {
    String holder = HostName.of(home.environment()) + " " + ProcessHandle.current().pid();
    return new Duty(store, work, holder, messages);
  }

  Duty(EventStore store, String work, String holder, Consumer<String> messages, Duration length) {
    this.leases = store.leases();
    this.work = work;
    this.holder = holder;
    this.messages = messages;
    this.length = length;
    this.clock = new PeriodicThread("flightlog-duty-" + work, messages);
  }

  /** Begins to ask for it. */
  public Duty start() {
    if (leases.isPresent()) {
      clock.every(Duration.ZERO, EVERY, "asking whose duty " + work + " is", this::turn);
    }
    return this;
  }

  /** Asks for it, or keeps it; a store that does not answer is asked again later. */
  void turn() {
    Optional<Lease> before = held.get();
    try {
      Optional<Lease> now =
          before.isPresent()
              ? leases.orElseThrow().renew(before.get(), length)
              : leases.orElseThrow().acquire(work, holder, length);
      held.set(now);
      if (now.isPresent() != before.isPresent()) {
        messages.accept(
            now.isPresent()
                ? "does the "
                    + work
                    + " of the shared store from now on (term "
                    + now.get().term()
                    + ")"
                : "another server does the " + work + " of the shared store from now on");
      }
    } catch (StoreException e) {
      if (before.isPresent() && !before.get().holds()) {
        held.set(Optional.empty());
      }
    }
  }

  /** Whether it is for this process to do now. */
  public boolean holds() {
    return leases.isEmpty() || held.get().filter(Lease::holds).isPresent();
  }

  /**
   * Notes that a piece of it is done.
   *
   * @param item letters, digits and -
   * @return false when another has taken over meanwhile
   */
  public boolean done(String item) {
    return leases.isEmpty()
        || held.get().filter(lease -> leases.get().done(lease, item)).isPresent();
  }

  /**
   * The pieces that are done, by whomever; none beside a store of one machine, which keeps none.
   */
  public Set<String> done() {
    return leases.map(all -> all.done(work).keySet()).orElse(Set.of());
  }

  @Override
  public void close() {
    clock.close();
    try {
      held.getAndSet(Optional.empty()).ifPresent(lease -> leases.orElseThrow().release(lease));
    } catch (StoreException e) {
      // It ends by itself.
    }
  }
}
