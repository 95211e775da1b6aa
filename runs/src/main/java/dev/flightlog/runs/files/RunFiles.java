package dev.flightlog.runs.files;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The open logs of one run, shared by all in this process who have it open. Appending never throws:
 * what cannot be written where it belongs goes to the log of the run, and what cannot be written
 * there either is counted and told once. Safe for many threads.
 */
public final class RunFiles {
  private static final System.Logger LOGGER = System.getLogger("dev.flightlog.runs");

  /** How long the opening of a run waits for who completes it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RunFolder folder;
  private final RunLock lock;
  private final long fileLimit;

  /**
   * By step, then by component. A log is only added while its step is computed, so that none comes
   * to a step that was taken out.
   */
  private final Map<Long, Map<String, LogFile>> logs = new ConcurrentHashMap<>();

  private final AtomicLong written = new AtomicLong();
  private final AtomicLong elsewhere = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile @Nullable String problem;
  private boolean first;

  /** Guarded by {@link SharedRuns}. */
  int users;

  private RunFiles(RunFolder folder, RunLock lock, long fileLimit, boolean first) {
    this.first = first;
    this.folder = folder;
    this.lock = lock;
    this.fileLimit = fileLimit;
  }

  static RunFiles open(RunFolder folder, long fileLimit) throws IOException {
    OwnerOnly.createFolder(folder.logs());
    if (!Files.isWritable(folder.logs())) {
      throw new IOException("no permission to write " + folder.logs());
    }
    boolean first = !RunLock.isHeld(folder);
    long end = System.nanoTime() + PATIENCE.toNanos();
    RunLock lock = RunLock.shared(folder);
    while (lock == null) {
      if (System.nanoTime() - end > 0) {
        throw new RunException(
            folder
                + " is just being completed or archived by another process; try again when it has"
                + " ended");
      }
      LockSupport.parkNanos(10_000_000);
      lock = RunLock.shared(folder);
    }
    return new RunFiles(folder, lock, fileLimit, first);
  }

  /** Whether nobody had the run open when this process opened it; true once. */
  public synchronized boolean isFirst() {
    boolean was = first;
    first = false;
    return was;
  }

  public RunFolder folder() {
    return folder;
  }

  /**
   * Appends a line to the log of a component.
   *
   * @param step {@link RunFolder#NO_STEP} outside of steps
   * @param line ends in a line feed
   * @return whether it stands in a file of the run
   */
  public boolean append(long step, String component, byte[] line, int count) {
    IOException trouble = tried(step, component, line, count);
    if (trouble == null) {
      written.getAndIncrement();
      return true;
    }
    tell(trouble);
    if (step != RunFolder.NO_STEP && tried(RunFolder.NO_STEP, "run", line, count) == null) {
      elsewhere.getAndIncrement();
      written.getAndIncrement();
      return true;
    }
    lost.getAndIncrement();
    return false;
  }

  private @Nullable IOException tried(long step, String component, byte[] line, int count) {
    boolean reconciles = component.equals(RunFolder.RECONCILIATION);
    long place = reconciles ? RunFolder.NO_STEP : step;
    // Outside of steps all components share a log.
    String name = place == RunFolder.NO_STEP && !reconciles ? "" : component;
    try {
      while (true) {
        LogFile log = log(place, name, component);
        if (log.append(line, count)) {
          return null;
        }
        remove(place, name, log);
      }
    } catch (IOException e) {
      return e;
    } catch (RuntimeException e) {
      return new IOException(e);
    }
  }

  private LogFile log(long place, String name, String component) {
    Map<String, LogFile> known = logs.get(place);
    LogFile log = known == null ? null : known.get(name);
    if (log != null) {
      return log;
    }
    Map<String, LogFile> ofStep =
        logs.compute(
            place,
            (step, before) -> {
              Map<String, LogFile> all = before == null ? new ConcurrentHashMap<>(8) : before;
              all.computeIfAbsent(
                  name,
                  any ->
                      new LogFile(folder.log(place, component), fileLimit, OpenFiles.OF_PROCESS));
              return all;
            });
    LogFile added = ofStep.get(name);
    // Gone again when the step was closed at once: then it says so itself, and is looked for anew.
    return added == null ? log(place, name, component) : added;
  }

  /** Takes out a log that was closed. */
  private void remove(long place, String name, LogFile log) {
    logs.computeIfPresent(
        place,
        (step, all) -> {
          all.remove(name, log);
          return all.isEmpty() ? null : all;
        });
  }

  private void tell(IOException trouble) {
    if (problem == null) {
      problem = String.valueOf(trouble.getMessage());
      LOGGER.log(
          System.Logger.Level.WARNING,
          "an entry of " + folder + " could not be written where it belongs: " + trouble);
    }
  }

  /** Closes the files of a step; entries that come later open them again. */
  public void closeStep(long step) {
    Map<String, LogFile> closed = logs.remove(step);
    if (closed != null) {
      closed.values().forEach(LogFile::close);
    }
  }

  /** How many entries stand in files of the run. */
  public long written() {
    return written.get();
  }

  /** How many of them stand in the log of the run, because their own could not be written. */
  public long elsewhere() {
    return elsewhere.get();
  }

  /** How many stand nowhere, but in the events of the recorder. */
  public long lost() {
    return lost.get();
  }

  /** What went wrong first, or null. */
  public @Nullable String problem() {
    return problem;
  }

  /**
   * Leaves the run.
   *
   * @param last is done when nobody else has it open, in this process or another
   */
  public void leave(Runnable last) {
    SharedRuns.leave(this, last);
  }

  void end(Runnable last) {
    List.copyOf(logs.keySet()).forEach(this::closeStep);
    try (lock) {
      if (lock.becomeAlone()) {
        last.run();
      }
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, folder + " could not be completed: " + e);
    }
  }
}
