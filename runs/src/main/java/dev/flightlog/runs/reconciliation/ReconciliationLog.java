package dev.flightlog.runs.reconciliation;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.files.FileTree;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.runs.archive.Completion;
import dev.flightlog.runs.archive.Extraction;
import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFiles;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.files.RunLock;
import dev.flightlog.runs.files.SharedRuns;
import dev.flightlog.runs.record.RunLogs;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notes reconciliations in {@code reconciliation.log} of a run, and makes archive and summary anew.
 * A run is reconciled for good when several checks one after the other told the same. Blocks.
 */
public final class ReconciliationLog {
  /** So many equal checks make it stable. */
  public static final int CHECKS = 3;

  private static final long FILE_BYTES = 64L << 20;

  private ReconciliationLog() {}

  /**
   * Notes a check.
   *
   * @return how many checks in a row have told the same, this one included
   * @throws RunException when the run is being logged in
   */
  public static int note(RunFolder run, Reconciliation check, Instant now) throws IOException {
    if (RunLock.isHeld(run)) {
      throw new RunException(run + " is being logged in; it can be reconciled when it has ended");
    }
    String figures = figures(check);
    int equal = 1;
    List<String> before = earlier(run);
    for (int i = before.size() - 1; i >= 0 && before.get(i).equals(figures); i--) {
      equal++;
    }
    String state =
        check.outside() > 0 || check.billed().all() == 0
            ? "not all of it is reported yet"
            : equal >= CHECKS ? "stable" : equal + " of " + CHECKS + " equal checks";
    String runId = RunLogs.read(run, false).runId();
    JsonWriter line = new JsonWriter().beginObject();
    line.key("timestamp").string(Timestamps.text(Timestamps.of(now)));
    line.key("level").string("INFO").key("run_id").string(runId);
    line.key("component").string(RunFolder.RECONCILIATION);
    line.key("message").string("check " + (before.size() + 1) + ": " + figures + "; " + state);
    line.key("details").beginObject().key("figures").string(figures).endObject().endObject();
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    Path workspace = workspace(run);
    try {
      boolean archived = Files.exists(run.file(RunFolder.ARCHIVE));
      RunFiles files = SharedRuns.open(run, FILE_BYTES);
      boolean written =
          files.append(RunFolder.NO_STEP, RunFolder.RECONCILIATION, bytes, bytes.length);
      files.leave(() ->
          Completion.complete(
              run, archived, workspace == null ? null : workspace.resolve("workspace")));
      if (!written) {
        throw new RunException(run + " cannot be written: " + files.problem());
      }
    } finally {
      if (workspace != null) {
        FileTree.delete(workspace);
      }
    }
    return equal;
  }

  /** What of the last archive came from the workspace, which may be gone by now. */
  private static @Nullable Path workspace(RunFolder run) throws IOException {
    Path archive = run.file(RunFolder.ARCHIVE);
    if (!Files.exists(archive)) {
      return null;
    }
    Path folder = Files.createTempDirectory(run.path(), ".reconciling");
    Files.delete(folder);
    Extraction.into(archive, folder);
    if (Files.isDirectory(folder.resolve("workspace"))) {
      return folder;
    }
    FileTree.delete(folder);
    return null;
  }

  private static String figures(Reconciliation check) {
    return String.format(
        Locale.ROOT,
        "billed %d tokens, explained %d (%.1f %%), unexplained %d, recorded and not reported %d;"
            + " billed $%s, explained $%s",
        check.billed().all(),
        check.explained().all(),
        100 * check.coverage(),
        check.unexplained().all(),
        check.notReported().all(),
        check.billedUsd().setScale(4, RoundingMode.HALF_UP),
        check.explainedUsd().setScale(4, RoundingMode.HALF_UP));
  }

  /** The figures of earlier checks, the newest last. */
  private static List<String> earlier(RunFolder run) throws IOException {
    List<String> figures = new ArrayList<>();
    Path log = run.logs().resolve("reconciliation.log");
    if (!Files.exists(log)) {
      return figures;
    }
    for (String line : Files.readAllLines(log)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      try {
        if (new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> entry
            && entry.get("details") instanceof Map<?, ?> details
            && details.get("figures") instanceof String text) {
          figures.add(text);
        }
      } catch (JsonException e) {
        // It is no check.
      }
    }
    return figures;
  }
}
