package dev.flightlog.benchmarks.telemetry;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The whole server takes spans over OTLP/HTTP, gzip, in batches: by timetable at the wanted rate,
 * as fast as it can, and under three times as many senders as that needs. What was answered 200 is
 * looked for in the journal afterwards. The senders run on the same machine.
 */
public final class OtlpIntake implements Benchmark {
  private static final String OURS = "flightlog serve";
  private static final int BATCH = 100;

  @Override
  public String name() {
    return "otlp-intake";
  }

  @Override
  public String title() {
    return "spans over OTLP/HTTP, gzip, that are safe on disk when they are answered";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rate = settings.number("rate", 20_000, 5000);
    int seconds = settings.number("seconds", 600, 3);
    int warmup = settings.number("warmup", 20, 2);
    int rounds = settings.number("rounds", 1, 1);
    Measurements measurements = new Measurements();
    for (int round = 0; round < rounds; round++) {
      measure(settings.emptyFolder("otlp"), rate, warmup, seconds, measurements);
    }
    return new Report(measurements)
        .verdict(Verdict.floor("accepted and on disk", rate, measurements, OURS, "spans/s"))
        .verdict(Verdict.bound("p99 of an answer", 100, measurements, OURS, "p99 ms"))
        .verdict(Verdict.bound("memory", 512, measurements, OURS, "peak MB"))
        .verdict(Verdict.bound("acknowledged spans lost", 0, measurements, OURS, "lost"))
        .verdict(
            Verdict.bound(
                "answers other than 429 and 503", 0, measurements, OURS, "overload: other"))
        .verdict(
            Verdict.floor(
                "three times the senders, of the most", 0.8, measurements, OURS, "overload: share"))
        .setting("rate", rate)
        .setting("batch", BATCH)
        .setting("warmup_seconds", warmup)
        .setting("seconds", seconds)
        .remark("senders and server share the machine's processors");
  }

  private static void measure(Path home, int rate, int warmup, int seconds, Measurements into)
      throws IOException, InterruptedException {
    String launcher = Path.of(System.getProperty("flightlog.root"), "flightlog").toString();
    ProcessBuilder builder =
        new ProcessBuilder(launcher, "serve", "--port", "0", "--home", home.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    long acknowledged = 0;
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = String.valueOf(out.readLine());
      int at = line.indexOf("http://");
      if (at < 0) {
        throw new IOException("the server did not start: " + line);
      }
      URI address = URI.create(line.substring(at).strip());
      AtomicLong numbers = new AtomicLong(1);
      SpanLoad warm = new SpanLoad(address, BATCH, numbers);
      warm.run(4, 0, warmup);
      acknowledged += warm.accepted();
      SpanLoad planned = new SpanLoad(address, BATCH, numbers);
      planned.run(8, rate, seconds);
      acknowledged += planned.accepted();
      into.add(OURS, "spans/s", planned.accepted() / (double) seconds);
      into.add(OURS, "p50 ms", planned.percentile(0.5));
      into.add(OURS, "p99 ms", planned.percentile(0.99));
      into.add(OURS, "refused", planned.refused());
      long part = Math.max(2, seconds / 10);
      SpanLoad most = new SpanLoad(address, BATCH, numbers);
      most.run(8, 0, part);
      acknowledged += most.accepted();
      into.add(OURS, "cpu us/span", cpuMicros(process) / (double) acknowledged);
      into.add(OURS, "most spans/s", most.accepted() / (double) part);
      SpanLoad overload = new SpanLoad(address, BATCH, numbers);
      overload.run(64, 3 * most.accepted() / part, part);
      acknowledged += overload.accepted();
      into.add(OURS, "overload: spans/s", overload.accepted() / (double) part);
      into.add(OURS, "overload: share", overload.accepted() / (double) most.accepted());
      into.add(OURS, "overload: 429, 503", overload.refused());
      into.add(OURS, "overload: other", overload.other());
      into.add(OURS, "peak MB", peak(process));
    } finally {
      process.destroy();
      process.waitFor();
    }
    into.add(OURS, "lost", Math.max(0, acknowledged - kept(home)));
  }

  /** The processor time of the server until now, the import of what it took included. */
  private static long cpuMicros(Process process) {
    return process.info().totalCpuDuration().map(time -> time.toNanos() / 1000).orElse(0L);
  }

  private static double peak(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** How many lines of spans and calls the journals hold. */
  private static long kept(Path home) throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        try (Stream<String> all = Files.lines(file)) {
          lines +=
              all.filter(line ->
                      line.contains("\"event_type\":\"span\"")
                          || line.contains("\"event_type\":\"tool_call\""))
                  .count();
        }
      }
    }
    return lines;
  }
}
