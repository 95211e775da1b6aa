package dev.flightlog.runs.files;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
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

  private record Key(long step, String component) {}

  private final RunFolder folder;
  private final RunLock lock;
  private final long fileLimit;
  private final Map<Key, LogFile> logs = new ConcurrentHashMap<>();
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
    // Outside of steps all components share a log.
    Key key =
        new Key(
            component.equals(RunFolder.RECONCILIATION) ? RunFolder.NO_STEP : step,
            step == RunFolder.NO_STEP && !component.equals(RunFolder.RECONCILIATION)
                ? ""
                : component);
    try {
      while (true) {
        LogFile log = logs.get(key);
        if (log == null) {
          log =
              logs.computeIfAbsent(
                  key,
                  any -> new LogFile(folder.log(step, component), fileLimit, OpenFiles.OF_PROCESS));
        }
        if (log.append(line, count)) {
          return null;
        }
        logs.remove(key, log);
      }
    } catch (IOException e) {
      return e;
    } catch (RuntimeException e) {
      return new IOException(e);
    }
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
    logs.forEach((key, log) -> {
      if (key.step() == step) {
        logs.remove(key, log);
        log.close();
      }
    });
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
    logs.values().forEach(LogFile::close);
    logs.clear();
    try (lock) {
      if (lock.becomeAlone()) {
        last.run();
      }
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, folder + " could not be completed: " + e);
    }
  }
}
