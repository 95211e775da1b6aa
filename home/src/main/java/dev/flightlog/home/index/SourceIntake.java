package dev.flightlog.home.index;

import dev.flightlog.analysis.Pending;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.home.sources.Source;
import dev.flightlog.home.sources.Sources;
import dev.flightlog.importer.ImportException;
import dev.flightlog.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes in what is new in the known sources before an answer, for a bounded time. What was taken in
 * until then stays; the next answer goes on from there. For one thread.
 */
public final class SourceIntake {
  private final Index index;

  SourceIntake(Index index) {
    this.index = index;
  }

  /** How long it may take: the setting {@code analysis.freshness_ms}. */
  public static Duration bound(Settings settings) {
    return Duration.ofMillis(settings.number(Setting.FRESHNESS));
  }

  /** The sources of which not everything was taken in, because the time was over. */
  List<Pending> takeIn(Duration bound) {
    Home home = index.home();
    List<Pending> behind = new ArrayList<>();
    if (bound.isZero()) {
      return behind;
    }
    long deadline = System.nanoTime() + bound.toNanos();
    Set<Source> sources;
    try {
      sources = Sources.of(home).all();
    } catch (HomeException e) {
      // What is there is answered from what was taken in before.
      behind.add(new Pending("all sources", String.valueOf(e.getMessage()), null));
      return behind;
    }
    for (Source source : sources) {
      if (Files.exists(source.path()) && !takeIn(source, deadline)) {
        behind.add(pending(source.path()));
      }
    }
    return behind;
  }

  static Pending pending(Path source) {
    String path = source.toString();
    boolean bare =
        path.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._-+:@".indexOf(c) >= 0);
    return new Pending(
        path,
        "the time for it was over",
        "flightlog import " + (bare ? path : "'" + path.replace("'", "'\\''") + "'"));
  }

  /** False when the time was over before all of it was taken in. */
  private boolean takeIn(Source source, long deadline) {
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    if (!left.isPositive()) {
      return false;
    }
    AtomicBoolean done = new AtomicBoolean();
    Thread reader =
        Thread.ofPlatform()
            .name("flightlog-freshness")
            .daemon()
            .start(() -> {
              run(source);
              done.set(true);
            });
    try {
      if (!reader.join(left)) {
        reader.interrupt();
        reader.join();
        return false;
      }
      return done.get();
    } catch (InterruptedException e) {
      reader.interrupt();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run(Source source) {
    Home home = index.home();
    try {
      index.importSource(source, index.telling());
    } catch (ImportException e) {
      if (!Thread.currentThread().isInterrupted()) {
        home.tell("left out " + source.path() + ": " + e.getMessage());
      }
    } catch (StoreException e) {
      // Another process writes, or the time is over: the next answer takes it in.
      if (!e.worthRetrying() && e.kind() != StoreException.Kind.STOPPED) {
        throw e;
      }
    }
  }
}
