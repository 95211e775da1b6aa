package dev.flightlog.runs.summary;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.record.ArchiveRecord;
import dev.flightlog.runs.record.Measures;
import dev.flightlog.runs.record.Remark;
import dev.flightlog.runs.record.RunRecord;
import dev.flightlog.runs.record.RunStatus;
import dev.flightlog.runs.record.StepRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A run on a page of 80 columns and about 10 KB, fit for git: the same run always gives the same
 * bytes. Stateless.
 */
public final class SummaryPage {
  /** How wide a line is at most. */
  public static final int WIDTH = 80;

  private static final String RULE = "=".repeat(WIDTH);
  private static final int MOST_STEPS = 40;
  private static final int MOST_REMARKS = 15;
  private static final int LONGEST_REMARK = 300;

  private final StringBuilder page = new StringBuilder();
  private final RunRecord run;

  private SummaryPage(RunRecord run) {
    this.run = run;
  }

  /** Writes {@code logs_summary.txt}. */
  public static void write(RunFolder folder, RunRecord run, List<ArchiveRecord> archives)
      throws IOException {
    AtomicFile.write(
        folder.file(RunFolder.SUMMARY), of(run, archives).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The page.
   *
   * @param archives all that were ever made, the newest last
   */
  public static String of(RunRecord run, List<ArchiveRecord> archives) {
    SummaryPage summary = new SummaryPage(run);
    summary.head();
    summary.steps();
    summary.remarks();
    summary.interactions();
    summary.reconciliation();
    summary.archive(archives);
    return summary.page.toString();
  }

  private void title(String title) {
    if (page.length() > 0) {
      page.append('\n');
    }
    page.append(RULE).append('\n').append(title).append('\n').append(RULE).append('\n');
  }

  private void line(String text) {
    line(text, "", "    ");
  }

  private void line(String text, String indent, String further) {
    Columns.wrap(text, indent, further, WIDTH).forEach(each -> page.append(each).append('\n'));
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? "unknown" : shortened(text, LONGEST_REMARK);
  }

  private void head() {
    title("EXPERIMENT RUN SUMMARY");
    line("Run ID: " + orUnknown(run.runId()));
    line("Framework: " + orUnknown(run.framework()));
    line("Model: " + orUnknown(run.model()));
    line("Started: " + orUnknown(seconds(run.startedAt())));
    boolean open = run.status() == RunStatus.RUNNING || run.status() == RunStatus.INCOMPLETE;
    line("Completed: " + (open ? "no" : orUnknown(seconds(run.endedAt()))));
    line("Duration: " + Durations.of(run.total().durationMs()));
    line("Status: " + words(run.status()));
    if (run.damagedLines() > 0) {
      line("Lines of logs that cannot be read: " + run.damagedLines());
    }
  }

  /** To the second, in UTC. */
  private static String seconds(String timestamp) {
    return timestamp.length() > 19 && timestamp.endsWith("+00:00")
        ? timestamp.substring(0, 19) + "Z"
        : timestamp;
  }

  private static String words(RunStatus status) {
    return switch (status) {
      case RUNNING -> "RUNNING";
      case SUCCEEDED -> "SUCCESS";
      case FAILED -> "FAILED";
      case INCOMPLETE -> "INCOMPLETE (it has no end in its logs)";
    };
  }

  private void steps() {
    title("STEP EXECUTION SUMMARY");
    if (run.steps().isEmpty()) {
      line("No steps");
    }
    int all = run.steps().size();
    int from = all <= MOST_STEPS ? all : MOST_STEPS / 2;
    int to = all <= MOST_STEPS ? all : all - MOST_STEPS / 4;
    run.steps().subList(0, from).forEach(this::step);
    if (to > from) {
      List<StepRecord> left = run.steps().subList(from, to);
      List<StepRecord> failed =
          left.stream().filter(step -> step.status() != RunStatus.SUCCEEDED).toList();
      List<StepRecord> shown = failed.subList(0, Math.min(failed.size(), MOST_STEPS / 4));
      line(
          "... "
              + (left.size() - shown.size())
              + " steps are not shown here, of which "
              + (failed.size() - shown.size())
              + " did not succeed; they are in metrics.json ...");
      shown.forEach(this::step);
    }
    run.steps().subList(to, all).forEach(this::step);
    page.append('\n');
    line("All steps: " + all + " (retries: " + run.total().retries() + ")");
    measures(run.total());
  }

  private void step(StepRecord step) {
    Measures measures = step.measures();
    line(
        String.format(Locale.ROOT, "Step %03d: ", step.number())
            + switch (step.status()) {
              case RUNNING -> "RUNNING";
              case SUCCEEDED -> "SUCCESS";
              case FAILED -> "FAILED";
              case INCOMPLETE -> "INCOMPLETE";
            }
            + " (duration: "
            + Durations.of(measures.durationMs())
            + ", retries: "
            + measures.retries()
            + ")");
    measures(measures);
    if (measures.totalTokens() == 0 && measures.llmRequests() == 0) {
      line(
          run.imported()
              ? "- Note: the source tells no tokens of this step"
              : "- Note: Template-based generation (no LLM calls)",
          "  ",
          "    ");
    }
  }

  private void measures(Measures measures) {
    line("- API Calls: " + measures.apiCalls(), "  ", "    ");
    line(
        "- Tokens (prompt/completion/total): "
            + measures.promptTokens()
            + " / "
            + measures.outputTokens()
            + " / "
            + measures.totalTokens(),
        "  ",
        "    ");
    line("- LLM Requests: " + measures.llmRequests(), "  ", "    ");
    if (measures.costUsd().isPresent()) {
      line(
          String.format(Locale.ROOT, "- Cost: $%.4f", measures.costUsd().getAsDouble())
              + (measures.unpriced() > 0
                  ? " and " + measures.unpriced() + " requests without a known cost"
                  : ""),
          "  ",
          "    ");
    }
    if (measures.errors() + measures.warnings() > 0) {
      line("- Errors: " + measures.errors() + ", warnings: " + measures.warnings(), "  ", "    ");
    }
    if (measures.downtimeMs() > 0) {
      line("- Downtime: " + Durations.of(OptionalLong.of(measures.downtimeMs())), "  ", "    ");
    }
  }

  private void remarks() {
    title("ERRORS AND WARNINGS");
    long all = run.total().errors() + run.total().warnings();
    if (all == 0) {
      line("None");
      return;
    }
    list(run.remarks());
    rest(all - Math.min(run.remarks().size(), MOST_REMARKS));
  }

  private void interactions() {
    title("HUMAN INTERACTIONS");
    if (run.interactions().isEmpty()) {
      line("None");
      return;
    }
    list(run.interactions());
    rest(run.allInteractions() - Math.min(run.interactions().size(), MOST_REMARKS));
  }

  private void list(List<Remark> remarks) {
    for (Remark remark : remarks.subList(0, Math.min(remarks.size(), MOST_REMARKS))) {
      line(
          "["
              + shortened(remark.kind(), 30)
              + "] "
              + (remark.step() < 0
                  ? "outside of steps"
                  : String.format(Locale.ROOT, "step %03d", remark.step()))
              + ", "
              + shortened(remark.component(), 60)
              + (run.startedAt().isEmpty()
                  ? ""
                  : ", " + seconds(shortened(remark.timestamp(), 40))));
      String text =
          remark.errorType().isEmpty() || remark.message().contains(remark.errorType())
              ? remark.message()
              : remark.errorType() + ": " + remark.message();
      line(shortened(text, LONGEST_REMARK), "    ", "    ");
    }
  }

  private static String shortened(String text, int most) {
    String safe = Columns.safe(text);
    if (safe.length() <= most) {
      return safe;
    }
    int end = Character.isHighSurrogate(safe.charAt(most - 1)) ? 1 : 0;
    return safe.substring(0, most - end) + " ...";
  }

  private void rest(long more) {
    if (more > 0) {
      line("... and " + more + " more, in the logs");
    }
  }

  private void reconciliation() {
    title("RECONCILIATION");
    if (run.reconciliation().isEmpty()) {
      line("None");
    }
    List<String> all = run.reconciliation();
    all.subList(Math.max(0, all.size() - 5), all.size())
        .forEach(each -> line(shortened(each, LONGEST_REMARK)));
  }

  private void archive(List<ArchiveRecord> archives) {
    title("ARCHIVE");
    if (archives.isEmpty()) {
      line("None");
      return;
    }
    ArchiveRecord newest = archives.get(archives.size() - 1);
    line("Name: " + newest.name());
    line("Size: " + newest.size() + " bytes");
    line("SHA-256: " + newest.sha256());
  }
}
