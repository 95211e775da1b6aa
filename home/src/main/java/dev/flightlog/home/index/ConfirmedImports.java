package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import dev.flightlog.importer.ImportReport;
import dev.flightlog.shipping.confirmed.ConfirmedFiles;
import dev.flightlog.shipping.confirmed.Look;
import dev.flightlog.shipping.confirmed.Root;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.lease.Leases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Imports of a home, with a note of what its shared store has confirmed by them; where the store is
 * the home's own, nothing is noted. Safe for many threads when the imports are.
 */
final class ConfirmedImports {
  private final Home home;
  private static final Duration LOOKED_EVERY = Duration.ofMinutes(1);

  private final EventStore store;
  private final Optional<ConfirmedFiles> confirmed;
  private final AtomicReference<Instant> looked;
  private volatile boolean rollsUp = true;

  ConfirmedImports(Home home, EventStore store, boolean writable) {
    this.home = home;
    this.store = store;
    this.confirmed = writable ? HomeShipping.confirmed(home) : Optional.empty();
    this.looked = new AtomicReference<>(home.clock().instant());
  }

  /** Imports our own journals; without any, notes that nothing waits. */
  void journals(List<Path> journals, Supplier<ImportReport> run) {
    run(
        List.of(HomeShipping.journals(home)),
        () -> journals.isEmpty() ? Optional.empty() : Optional.of(rolledUp(run.get())));
  }

  /** Imports from these paths. */
  ImportReport paths(List<Path> paths, Supplier<ImportReport> run) {
    return run(paths.stream().map(HomeShipping::source).toList(), () -> rolledUp(run.get()));
  }

  /** Leaves the adding up of what came from here to a thread that does it beside. */
  void leaveRollUps() {
    rollsUp = false;
  }

  /** Adds up what came, unless one of all who share the store does it. */
  ImportReport rolledUp(ImportReport report) {
    boolean came = report.imported() + report.duplicates() > 0;
    if (came
        && rollsUp
        && store.leases().flatMap(leases -> leases.holder(Leases.ROLL_UP)).isEmpty()) {
      store.rollUp();
    }
    return report;
  }

  private <T> T run(List<Root> roots, Supplier<T> run) {
    if (confirmed.isEmpty()) {
      return run.get();
    }
    ConfirmedFiles files = confirmed.get();
    List<Look> looks = roots.stream().map(files::look).toList();
    try {
      requireOwnName();
      T report = run.get();
      looks.forEach(files::confirm);
      return report;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.STOPPED) {
        files.failed(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** Who runs for days looks, too, whether a copy of the home began elsewhere. */
  private void requireOwnName() {
    Instant now = home.clock().instant();
    Instant last = looked.get();
    if (Duration.between(last, now).compareTo(LOOKED_EVERY) >= 0
        && looked.compareAndSet(last, now)
        && !OwnName.isOnlyOurs(home, store)) {
      looked.set(Instant.EPOCH);
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "another home sends under the name of this one, since one is a copy of the other; start"
              + " this program again: this home then takes a new name, and sends its files anew."
              + " Nothing is lost: what was not sent waits in the files");
    }
  }

  /** The store has lost what it had. */
  void forget() {
    confirmed.ifPresent(ConfirmedFiles::forget);
  }

  /** Keeps what was noted. */
  void flush() {
    confirmed.ifPresent(ConfirmedFiles::flush);
  }
}
