package dev.flightlog.runs.archive;

import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.files.RunLock;
import dev.flightlog.runs.record.ArchiveRecord;
import dev.flightlog.runs.record.RunDocuments;
import dev.flightlog.runs.record.RunLogs;
import dev.flightlog.runs.record.RunRecord;
import dev.flightlog.runs.summary.SummaryPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes from the logs of a run what stands beside them: metrics, archive, metadata, summary, in
 * this order, so that each tells of the one before. Blocks.
 */
public final class Completion {
  private static final System.Logger LOGGER = System.getLogger("dev.flightlog.runs");

  private Completion() {}

  /**
   * Completes a run that nobody logs in any more. Never throws: what went wrong is told to the
   * {@link System.Logger} {@code dev.flightlog.runs}, and the logs stay as they are.
   */
  public static void complete(RunFolder run, boolean archives, @Nullable Path workspace) {
    try {
      RunRecord record = RunLogs.read(run, false);
      try {
        write(run, record, archives, workspace);
      } catch (IOException | RuntimeException e) {
        tell(run + " could not be archived: " + e + "; later: flightlog run archive");
        write(run, record, false, null);
      }
    } catch (IOException | RuntimeException e) {
      tell(run + " could not be completed: " + e + "; its logs are as they were");
    }
  }

  private static void tell(String message) {
    LOGGER.log(System.Logger.Level.WARNING, message);
  }

  /**
   * Makes the archive of a run anew, and what tells of it.
   *
   * @throws RunException when some process logs in it
   */
  public static RunArchive.Made archive(RunFolder run, @Nullable Path workspace)
      throws IOException {
    try (RunLock alone = RunLock.alone(run)) {
      if (alone == null) {
        throw new RunException(
            run + " is being logged in; it can be archived when its run has ended");
      }
      RunArchive.Made made = write(run, RunLogs.read(run, false), true, workspace);
      if (made == null) {
        throw new IllegalStateException("an archive was asked for");
      }
      return made;
    }
  }

  private static RunArchive.@Nullable Made write(
      RunFolder run, RunRecord record, boolean archives, @Nullable Path workspace)
      throws IOException {
    List<ArchiveRecord> known = RunDocuments.archives(run);
    RunDocuments.writeMetrics(run, record);
    RunArchive.Made made = null;
    if (archives) {
      made = RunArchive.make(run, workspace);
      known.remove(made.archive());
      known.add(made.archive());
    }
    RunDocuments.writeMetadata(run, record, known);
    SummaryPage.write(run, record, known);
    return made;
  }
}
