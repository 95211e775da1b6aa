package dev.flightlog.runs.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Timestamps;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.ModelUsage;
import dev.flightlog.runs.RunConfig;
import dev.flightlog.runs.RunStep;
import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.record.RunDocuments;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs recorded beside what providers report: late, partial, double, or not at all. */
class ReconciliationTest {
  private static final Instant START = Instant.parse("2025-10-20T14:00:00Z");
  private static final long HOUR = 3_600_000_000L;
  private static final List<String> MODELS = List.of("gpt-4o", "o3");

  @TempDir Path folder;

  private static String bucket(long from, String results) {
    return "{\"object\":\"bucket\",\"start_time\":%d,\"end_time\":%d,\"results\":[%s]}"
        .formatted(from / 1_000_000, (from + HOUR) / 1_000_000, results);
  }

  private static String result(String model, String project, Tokens tokens) {
    return ("{\"object\":\"organization.usage.completions.result\",\"input_tokens\":%d,\"output_tokens\":%d,"
            + "\"input_cached_tokens\":%d,\"num_model_requests\":%d,\"model\":\"%s\",\"project_id\":\"%s\"}")
        .formatted(
            tokens.uncachedInput() + tokens.cacheRead(),
            tokens.output(),
            tokens.cacheRead(),
            tokens.requests(),
            model,
            project);
  }

  private Path report(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Tokens some(Random random) {
    return new Tokens(
        random.nextInt(1000), random.nextInt(1000), 0, random.nextInt(500), 1 + random.nextInt(3));
  }

  @Test
  void explainedAndUnexplainedAreAlwaysTheBill() throws IOException {
    long seed = 20251020;
    Random random = new Random(seed);
    long start = Timestamps.of(START);
    for (int world = 0; world < 300; world++) {
      List<RecordedCall> calls = new ArrayList<>();
      List<String> buckets = new ArrayList<>();
      Tokens billed = Tokens.NONE;
      Tokens explained = Tokens.NONE;
      for (int hour = 0; hour < 6; hour++) {
        List<String> results = new ArrayList<>();
        boolean missing = random.nextInt(6) == 0;
        for (String model : MODELS) {
          Tokens own = Tokens.NONE;
          for (int i = random.nextInt(4); i > 0; i--) {
            Tokens one = some(random);
            Tokens call = new Tokens(one.uncachedInput(), one.cacheRead(), 0, one.output(), 1);
            long time = start + hour * HOUR + random.nextInt(3_600) * 1_000_000L;
            calls.add(new RecordedCall("run", time, i, model, call, BigDecimal.ZERO));
            own = own.plus(call);
          }
          Tokens others = random.nextBoolean() ? some(random) : Tokens.NONE;
          Tokens late = random.nextInt(3) == 0 ? own.common(some(random)) : Tokens.NONE;
          Tokens mine = own.minus(late);
          if (!missing) {
            String first = result(model, "ours", mine);
            results.add(first);
            results.add(result(model, "others", others));
            if (random.nextBoolean()) {
              results.add(first);
            }
            billed = billed.plus(mine).plus(others);
            explained = explained.plus(own.common(mine.plus(others)));
          }
        }
        String whole = bucket(start + hour * HOUR, String.join(",", results));
        buckets.add(whole);
        if (random.nextInt(4) == 0) {
          buckets.add(whole);
        }
      }
      Path file =
          report(
              "usage" + world,
              "{\"object\":\"page\",\"data\":[" + String.join(",", buckets) + "]}");
      Reconciliation check = Reconciler.reconcile(calls, ProviderReport.read(List.of(file, file)));
      assertThat(check.billed()).as("world %d of seed %d", world, seed).isEqualTo(billed);
      assertThat(check.explained()).isEqualTo(explained);
      assertThat(check.explained().plus(check.unexplained())).isEqualTo(billed);
      Tokens recorded = calls.stream().map(RecordedCall::tokens).reduce(Tokens.NONE, Tokens::plus);
      assertThat(check.explained().plus(check.notReported())).isEqualTo(recorded);
      assertThat(
              check.steps().stream()
                  .map(Reconciliation.StepShare::recorded)
                  .reduce(Tokens.NONE, Tokens::plus))
          .isEqualTo(recorded);
      Files.delete(file);
    }
  }

  @Test
  void formsOfAnthropicAndOfAProxyAreRead() throws IOException {
    Path usage =
        report(
            "anthropic",
            "{\"data\":[{\"starting_at\":\"2025-10-20T14:00:00Z\",\"ending_at\":\"2025-10-20T15:00:00Z\",\"results\":["
                + "{\"uncached_input_tokens\":100,\"cache_creation\":{\"ephemeral_1h_input_tokens\":3,\"ephemeral_5m_input_tokens\":4},"
                + "\"cache_read_input_tokens\":20,\"output_tokens\":50,\"model\":\"claude-x-20250901\"}]}],\"has_more\":false}\n"
                + "{\"data\":[{\"starting_at\":\"2025-10-20T00:00:00Z\",\"ending_at\":\"2025-10-21T00:00:00Z\",\"results\":["
                + "{\"currency\":\"USD\",\"amount\":\"123.45\",\"description\":\"tokens\"}]}]}");
    RecordedCall call =
        new RecordedCall(
            "run",
            Timestamps.of(START) + 5,
            1,
            "claude-x",
            new Tokens(90, 20, 7, 50, 1),
            new BigDecimal("1.00"));
    Reconciliation check = Reconciler.reconcile(List.of(call), ProviderReport.read(List.of(usage)));
    assertThat(check.billed()).isEqualTo(new Tokens(100, 20, 7, 50, 0));
    assertThat(check.unexplained()).isEqualTo(new Tokens(10, 0, 0, 0, 0));
    assertThat(check.billedUsd()).isEqualByComparingTo("1.2345");
    assertThat(check.explainedUsd()).isEqualByComparingTo("1.00");
    assertThat(check.unexplainedUsd()).isEqualByComparingTo("0.2345");
    assertThat(check.steps().get(0).confirmed().all()).isEqualTo(167);
    Path proxy =
        report(
            "proxy",
            "{\"timestamp\":\"2025-10-20T14:00:00Z\",\"model\":\"claude-x\",\"input_tokens\":90,\"output_tokens\":50,"
                + "\"cache_read_input_tokens\":20,\"cache_creation_input_tokens\":7,\"request_id\":\"r1\"}\n"
                + "{\"timestamp\":\"2025-10-20T14:00:00Z\",\"model\":\"claude-x\",\"input_tokens\":90,\"request_id\":\"r1\"}\n");
    assertThat(Reconciler.reconcile(List.of(call), ProviderReport.read(List.of(proxy))).coverage())
        .isEqualTo(1.0);
  }

  @Test
  void aReportThatIsCutOrOverlapsIsRefusedInWords() throws IOException {
    String whole =
        "{\"data\":[" + bucket(Timestamps.of(START), result("o3", "p", some(new Random(1)))) + "]}";
    for (int length = 0; length < whole.length(); length += 7) {
      Path cut = report("cut", whole.substring(0, length));
      assertThatThrownBy(() -> ProviderReport.read(List.of(cut)))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("Nothing of it was counted");
    }
    Path day =
        report(
            "day",
            "{\"data\":["
                + bucket(Timestamps.of(START), result("o3", "p", some(new Random(1))))
                + ",{\"start_time\":1760918400,\"end_time\":1761004800,\"results\":["
                + result("o3", "p", some(new Random(1)))
                + "]}]}");
    assertThatThrownBy(() -> Reconciler.reconcile(List.of(), ProviderReport.read(List.of(day))))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("two reports overlap");
    Path strange = report("strange", "{\"hello\":1}");
    assertThatThrownBy(() -> ProviderReport.read(List.of(strange))).hasMessageContaining("[hello]");
  }

  private static String newest(RunFolder run) throws IOException {
    var archives = RunDocuments.archives(run);
    return archives.get(archives.size() - 1).sha256();
  }

  @Test
  void checksAreNotedUntilTheyAreStableAndTheArchiveIsMadeAnew() throws IOException {
    Path made = Files.createDirectories(folder.resolve("made"));
    Files.writeString(made.resolve("a.txt"), "made by the run");
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(folder.resolve("home")))) {
      RunConfig config = RunConfig.defaults().recorder(recorder).clock(() -> START.plusSeconds(60));
      try (FlightRun run = FlightRun.open(folder.resolve("runs"), "baes", "abc", config);
          RunStep step = run.step(1)) {
        step.modelCall(ModelUsage.of("o3", 100, 10));
        run.archiveAtEnd(made);
      }
    }
    RunFolder run = RunFolder.of(folder.resolve("runs"), "baes", "abc");
    String first = newest(run);
    Path file =
        report(
            "usage.json",
            "{\"data\":["
                + bucket(Timestamps.of(START), result("o3", "p", new Tokens(120, 0, 0, 10, 1)))
                + "]}");
    for (int equal = 1; equal <= 4; equal++) {
      Reconciliation check = Reconciler.compare(List.of(run), List.of(file));
      assertThat(ReconciliationLog.note(run, check, START.plusSeconds(equal))).isEqualTo(equal);
    }
    assertThat(Files.readString(run.file(RunFolder.SUMMARY)))
        .contains("2 of 3 equal checks", "stable", "explained 110 (84.6", newest(run));
    assertThat(RunDocuments.archives(run))
        .hasSize(5)
        .first()
        .satisfies(archive -> assertThat(archive.sha256()).isEqualTo(first));
    Path back = folder.resolve("back");
    dev.flightlog.runs.archive.Extraction.into(run.file(RunFolder.ARCHIVE), back);
    assertThat(back.resolve("workspace/a.txt")).hasContent("made by the run");
    assertThat(back.resolve("logs/reconciliation.log")).exists();
  }
}
