package dev.flightlog.runs.files;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The log files that this process has open, at most so many: those that were written last. Safe for
 * many threads; a file that is being written is not closed.
 */
final class OpenFiles {
  /** All runs of a process share one. */
  static final OpenFiles OF_PROCESS =
      new OpenFiles(Integer.getInteger("flightlog.runs.open_files", 200));

  private final int most;
  private final Set<LogFile> files = new HashSet<>();
  private int peak;

  OpenFiles(int most) {
    this.most = Math.max(1, most);
  }

  /** Counts a file that was opened, and lets go of those that were written longest ago. */
  synchronized void opened(LogFile file) {
    files.add(file);
    if (files.size() > most) {
      long now = System.nanoTime();
      // A quarter at once, so that looking through all of them is rare.
      int fewer = most - most / 4;
      List<LogFile> oldest =
          files.stream()
              .filter(each -> each != file)
              .sorted(Comparator.comparingLong(each -> each.used() - now))
              .limit(files.size() - Math.max(1, fewer))
              .toList();
      for (LogFile each : oldest) {
        if (each.release()) {
          files.remove(each);
        }
      }
    }
    peak = Math.max(peak, files.size());
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
