package dev.flightlog.runs;

import dev.flightlog.event.files.FileTree;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.runs.archive.Completion;
import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFiles;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.files.SharedRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes down a run that somebody else logged, with the times at which things happened. It appears
 * below the root when it is whole, or not at all. For one thread; blocks; makes no events.
 */
public final class PastRun implements AutoCloseable {
  private static final String FRESH = ".importing";

  private final RunFolder target;
  private final Path freshRoot;
  private final RunFiles files;
  private final String id;
  private final Redactor redactor;
  private final boolean untimed;
  private boolean ended;

  private PastRun(Path root, String framework, String id, boolean untimed, Redactor redactor) {
    this.untimed = untimed;
    this.target = RunFolder.of(root, framework, id);
    this.freshRoot = root.resolve(FRESH + ProcessHandle.current().pid());
    this.id = id;
    this.redactor = redactor;
    this.files =
        SharedRuns.open(RunFolder.of(freshRoot, framework, id), RunConfig.defaults().fileBytes());
  }

  /** Whether a run of this name stands below the root. */
  public static boolean exists(Path root, String framework, String id) {
    return Files.exists(RunFolder.of(root, framework, id).path());
  }

  /**
   * Begins to write a run that is not there yet.
   *
   * @param micros when it started, in microseconds since 1970
   * @param untimed whether its source tells no times, so that those of entries only order them
   * @throws RunException when it is there, or cannot be written
   */
  public static PastRun begin(
      Path root, String framework, String id, long micros, boolean untimed, Redactor redactor) {
    if (exists(root, framework, id)) {
      throw new RunException("the run " + framework + "/" + id + " is there already");
    }
    PastRun run = new PastRun(root, framework, id, untimed, redactor);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("framework", framework);
    details.put("pid", 0);
    details.put("first", true);
    details.put("imported", true);
    details.put("untimed", untimed);
    run.write(
        micros,
        RunFolder.NO_STEP,
        Entry.counted("orchestrator", "run_started", "run " + id + " started", details));
    return run;
  }

  /**
   * Writes an entry.
   *
   * @param step {@link RunFolder#NO_STEP} outside of steps
   * @param type of what is counted, as in the logs of runs; null for what is only told
   */
  public void entry(
      long micros,
      long step,
      System.Logger.Level level,
      String component,
      @Nullable String type,
      @Nullable String message,
      Map<String, ? extends @Nullable Object> details) {
    write(micros, step, new Entry(level, component, type, message, null, details, micros));
  }

  private void write(long micros, long step, Entry entry) {
    if (!entry.writeTo(files, id, step, micros, redactor)) {
      throw new RunException(files.folder() + " cannot be written: " + files.problem());
    }
  }

  /**
   * Tells how a step went. Of one whose entries all have the same time it is not known how long it
   * took, as of all steps where the source tells no times.
   */
  public void step(long number, long from, long to, boolean succeeded) {
    write(
        from,
        number,
        Entry.counted("orchestrator", "step_started", "step " + number + " started", Map.of()));
    String status = succeeded ? "succeeded" : "failed";
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("status", status);
    if (!untimed && to > from) {
      details.put("duration_ms", (to - from) / 1000);
    }
    write(
        to,
        number,
        Entry.counted("orchestrator", "step_finished", "step " + number + " " + status, details));
  }

  /** Completes the run and puts it in its place. */
  public void end(long micros, boolean succeeded) throws IOException {
    write(
        micros,
        RunFolder.NO_STEP,
        Entry.counted(
            "orchestrator",
            "run_finished",
            "run " + id + " ended",
            Map.of("status", succeeded ? "completed" : "failed", "pid", 0)));
    ended = true;
    files.leave(() -> Completion.complete(files.folder(), false, null));
    Files.createDirectories(target.path().getParent());
    Files.move(files.folder().path(), target.path(), StandardCopyOption.ATOMIC_MOVE);
    FileTree.delete(freshRoot);
  }

  /** Gives up what was not ended. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    files.leave(() -> {});
    try {
      FileTree.delete(freshRoot);
    } catch (IOException e) {
      throw new RunException(freshRoot + " cannot be removed: " + e, e);
    }
  }
}
