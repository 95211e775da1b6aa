package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import dev.flightlog.importer.ImportReport;
import dev.flightlog.shipping.confirmed.ConfirmedFiles;
import dev.flightlog.shipping.confirmed.Look;
import dev.flightlog.shipping.confirmed.Root;
import dev.flightlog.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Imports of a home, with a note of what its shared store has confirmed by them; where the store is
 * the home's own, nothing is noted. Safe for many threads when the imports are.
 */
final class ConfirmedImports {
  private final Home home;
  private final Optional<ConfirmedFiles> confirmed;

  ConfirmedImports(Home home, boolean writable) {
    this.home = home;
    this.confirmed = writable ? HomeShipping.confirmed(home) : Optional.empty();
  }

  /** Imports our own journals; without any, notes that nothing waits. */
  void journals(List<Path> journals, Supplier<ImportReport> run) {
    run(
        List.of(HomeShipping.journals(home)),
        () -> journals.isEmpty() ? Optional.empty() : Optional.of(run.get()));
  }

  /** Imports from these paths. */
  ImportReport paths(List<Path> paths, Supplier<ImportReport> run) {
    return run(paths.stream().map(HomeShipping::source).toList(), run);
  }

  private <T> T run(List<Root> roots, Supplier<T> run) {
    if (confirmed.isEmpty()) {
      return run.get();
    }
    ConfirmedFiles files = confirmed.get();
    List<Look> looks = roots.stream().map(files::look).toList();
    try {
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

  /** The store has lost what it had. */
  void forget() {
    confirmed.ifPresent(ConfirmedFiles::forget);
  }

  /** Keeps what was noted. */
  void flush() {
    confirmed.ifPresent(ConfirmedFiles::flush);
  }
}
