package dev.flightlog.runs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.runs.record.ArchiveRecord;
import dev.flightlog.runs.record.Measures;
import dev.flightlog.runs.record.Remark;
import dev.flightlog.runs.record.RunRecord;
import dev.flightlog.runs.record.RunStatus;
import dev.flightlog.runs.record.StepRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummaryPageTest {
  private static Measures measures(long ms, long calls, long in, long out, long requests) {
    return new Measures(
        OptionalLong.of(ms),
        0,
        calls,
        requests,
        in,
        out,
        0,
        0,
        OptionalDouble.empty(),
        requests,
        0,
        0,
        0);
  }

  private static RunRecord run(List<StepRecord> steps, Measures total, List<Remark> remarks) {
    return new RunRecord(
        "abc123",
        "baes",
        "gpt-4o-2024-08-06",
        RunStatus.SUCCEEDED,
        "2025-10-20T14:23:45.000000+00:00",
        "2025-10-20T14:45:12.000000+00:00",
        steps,
        total,
        remarks,
        List.of(),
        0,
        List.of(),
        false,
        0);
  }

  @Test
  void aRunReadsAsPeopleKnowIt() {
    RunRecord run =
        run(
            List.of(
                new StepRecord(1, RunStatus.SUCCEEDED, measures(154_000, 12, 1234, 567, 8)),
                new StepRecord(3, RunStatus.SUCCEEDED, measures(105_000, 0, 0, 0, 0))),
            measures(1_287_000, 12, 1234, 567, 8),
            List.of());
    String rule = "=".repeat(80) + "\n";
    assertThat(SummaryPage.of(run, List.of(new ArchiveRecord("run.tar.gz", 42, "ab".repeat(32)))))
        .startsWith(
            rule
                + "EXPERIMENT RUN SUMMARY\n"
                + rule
                + "Run ID: abc123\nFramework: baes\nModel: gpt-4o-2024-08-06\n"
                + "Started: 2025-10-20T14:23:45Z\nCompleted: 2025-10-20T14:45:12Z\n"
                + "Duration: 21m 27s\n")
        .contains(
            "Step 001: SUCCESS (duration: 2m 34s, retries: 0)\n"
                + "  - API Calls: 12\n"
                + "  - Tokens (prompt/completion/total): 1234 / 567 / 1801\n"
                + "  - LLM Requests: 8\n"
                + "Step 003: SUCCESS (duration: 1m 45s, retries: 0)\n"
                + "  - API Calls: 0\n"
                + "  - Tokens (prompt/completion/total): 0 / 0 / 0\n"
                + "  - LLM Requests: 0\n"
                + "  - Note: Template-based generation (no LLM calls)\n")
        .endsWith(
            rule
                + "ARCHIVE\n"
                + rule
                + "Name: run.tar.gz\nSize: 42 bytes\nSHA-256: "
                + "ab".repeat(32)
                + "\n");
  }

  @Test
  void whateverIsToldStaysWithin80ColumnsAndAboutTenKilobytes() {
    long seed = 20251020;
    Random random = new Random(seed);
    String letters = "abc déf 漢字カナ\uD83D\uDE00\t\r\n\u0007\u202E\u200B\u0301-_/.:{}[]";
    int[] points = letters.codePoints().toArray();
    for (int world = 0; world < 300; world++) {
      List<Remark> remarks = new ArrayList<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        StringBuilder text = new StringBuilder();
        for (int k = random.nextInt(900); k > 0; k--) {
          text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        remarks.add(
            new Remark(text.toString(), text.toString(), i, text.toString(), text.toString(), "e"));
      }
      List<StepRecord> steps = new ArrayList<>();
      for (int i = random.nextInt(world % 10 == 0 ? 20_000 : 60); i > 0; i--) {
        RunStatus status = RunStatus.values()[random.nextInt(4)];
        steps.add(new StepRecord(i * 997L, status, measures(random.nextLong() >>> 1, i, i, i, i)));
      }
      Measures total =
          new Measures(
              OptionalLong.of(1),
              1,
              1,
              1,
              1,
              1,
              1,
              1,
              OptionalDouble.of(1e9),
              1,
              remarks.size(),
              1,
              1);
      RunRecord run = run(steps, total, remarks);
      String page = SummaryPage.of(run, List.of());
      assertThat(page).isEqualTo(SummaryPage.of(run, List.of()));
      assertThat(page.lines().mapToInt(Columns::width).max().orElseThrow())
          .as("world %d of seed %d", world, seed)
          .isLessThanOrEqualTo(80);
      assertThat(page).doesNotContain("\u202E", "\u0007", "\r", "\t");
      assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(24_000);
    }
  }
}
