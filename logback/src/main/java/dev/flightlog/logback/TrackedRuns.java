package dev.flightlog.logback;

import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.RunConfig;
import dev.flightlog.runs.files.RunException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The runs that an appender has open, at most so many. Safe for many threads. */
final class TrackedRuns {
  private record Key(String framework, String run) {}

  /** How long one that could not be opened is left alone. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Path root;
  private final RunConfig config;
  private final int most;
  private final Consumer<String> problems;
  private final Map<Key, TrackedRun> open = new ConcurrentHashMap<>();
  private final Map<Key, Long> failed = new ConcurrentHashMap<>();

  /**
   * @param problems is told, in words, what could not be opened
   */
  TrackedRuns(Path root, RunConfig config, int most, Consumer<String> problems) {
    this.root = root;
    this.config = config;
    this.most = most;
    this.problems = problems;
  }

  /** The run, opened if it is not; null when it cannot be. */
  @Nullable TrackedRun get(String framework, String run) {
    Key key = new Key(framework, run);
    TrackedRun known = open.get(key);
    if (known != null) {
      return known;
    }
    Long since = failed.get(key);
    if (since != null && System.nanoTime() - since < PAUSE_NANOS) {
      return null;
    }
    try {
      TrackedRun opened =
          open.computeIfAbsent(
              key, any -> new TrackedRun(FlightRun.detached(root, framework, run, config)));
      failed.remove(key);
      return opened;
    } catch (RunException e) {
      if (failed.size() >= most) {
        failed.clear();
      }
      if (failed.put(key, System.nanoTime()) == null) {
        problems.accept(String.valueOf(e.getMessage()));
      }
      return null;
    }
  }

  boolean isTooMany() {
    return open.size() > most;
  }

  /** Ends a run; the next entry that names it opens it again. */
  void close(TrackedRun run, boolean succeeded) {
    open.remove(new Key(run.run().framework(), run.run().id()), run);
    run.close(succeeded);
  }

  /** Ends what was silent for so long, and of too many runs those that logged longest ago. */
  void closeSilent(Duration silent) {
    long now = System.nanoTime();
    Instant since = Instant.now().minus(silent);
    for (TrackedRun run : open.values()) {
      if (now - run.used() > silent.toNanos()) {
        close(run, true);
      } else {
        run.closeSteps(since);
      }
    }
    while (isTooMany()) {
      Optional<TrackedRun> oldest =
          open.values().stream().max(Comparator.comparingLong(run -> now - run.used()));
      if (oldest.isEmpty()) {
        return;
      }
      close(oldest.get(), true);
    }
  }

  void closeAll() {
    open.values().forEach(run -> close(run, true));
  }
}
