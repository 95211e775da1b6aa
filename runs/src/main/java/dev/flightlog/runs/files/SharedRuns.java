package dev.flightlog.runs.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runs that this process has open, each once, however often it was opened. Thread-safe. */
public final class SharedRuns {
  private static final Map<Path, RunFiles> OPEN = new HashMap<>();

  private SharedRuns() {}

  /**
   * Opens the files of a run, or joins those who have them open; to be closed as often.
   *
   * @throws RunException when its folder cannot be written, or another process is completing it
   */
  public static RunFiles open(RunFolder run, long fileLimit) {
    synchronized (OPEN) {
      RunFiles known = OPEN.get(run.path());
      if (known == null) {
        try {
          known = RunFiles.open(run, fileLimit);
        } catch (IOException e) {
          throw new RunException(
              run
                  + " cannot be written ("
                  + e
                  + "); give its owner write access, or choose another"
                  + " root",
              e);
        }
        OPEN.put(run.path(), known);
      }
      known.users++;
      return known;
    }
  }

  /**
   * Leaves the files of a run.
   *
   * @param last is done when nobody else has them open, in this process or another
   */
  static void leave(RunFiles files, Runnable last) {
    synchronized (OPEN) {
      if (--files.users > 0) {
        return;
      }
      OPEN.remove(files.folder().path());
      files.end(last);
    }
  }

  static boolean isOpen(RunFolder run) {
    synchronized (OPEN) {
      @Nullable RunFiles files = OPEN.get(run.path());
      return files != null;
    }
  }
}
