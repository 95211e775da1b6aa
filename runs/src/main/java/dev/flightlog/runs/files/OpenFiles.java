package dev.flightlog.runs.files;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The log files that this process has open, at most so many: those that were written last. Safe for
 * many threads; a file that is being written is not closed.
 */
final class OpenFiles {
  /** All runs of a process share one. */
  static final OpenFiles OF_PROCESS =
      new OpenFiles(Integer.getInteger("flightlog.runs.open_files", 200));

  private final int most;
  private final Map<LogFile, Boolean> files = new LinkedHashMap<>(64, 0.75f, true);
  private int peak;

  OpenFiles(int most) {
    this.most = Math.max(1, most);
  }

  /** Counts a file that was opened, and lets go of those that were written longest ago. */
  synchronized void opened(LogFile file) {
    files.put(file, true);
    Iterator<LogFile> oldest = files.keySet().iterator();
    while (files.size() > most && oldest.hasNext()) {
      LogFile candidate = oldest.next();
      if (candidate != file && candidate.release()) {
        oldest.remove();
      }
    }
    peak = Math.max(peak, files.size());
  }

  synchronized void used(LogFile file) {
    files.get(file);
  }

  synchronized void closed(LogFile file) {
    files.remove(file);
  }

  synchronized int open() {
    return files.size();
  }

  /** The most that ever were open at once. */
  synchronized int peak() {
    return peak;
  }
}
