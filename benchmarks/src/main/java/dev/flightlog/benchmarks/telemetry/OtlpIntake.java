package dev.flightlog.benchmarks.telemetry;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Served;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.recorder.Journals;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The whole server takes spans over OTLP/HTTP, gzip, in batches: by timetable at the wanted rate,
 * as fast as it can, at three times that rate, and while it is killed. What was answered 200 is
 * looked for in the journal afterwards. Zipkin's own server takes the same spans in its own form,
 * as fast as it can, in the same run. The senders run on the same machine.
 */
public final class OtlpIntake implements Benchmark {
  private static final String OURS = "flightlog serve";
  private static final String ZIPKIN = "Zipkin 3.5.1, in memory";
  private static final int BATCH = 100;
  private static final int SENDERS = 4;
  private static final int MOST_SENDERS = 8;

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
    Path zipkin = settings.peers().resolve("zipkin-server-3.5.1-exec.jar");
    boolean peer = Files.exists(zipkin);
    for (int round = 0; round < rounds; round++) {
      measure(settings.emptyFolder("otlp"), rate, warmup, seconds, measurements);
      if (peer) {
        measureZipkin(zipkin, warmup, Math.max(10, part(seconds)), measurements);
      }
    }
    Report report = new Report(measurements);
    if (peer) {
      report.verdict(
          Verdict.atLeast(
              "as fast as it can, Zipkin's server", 1, measurements, OURS, ZIPKIN, "most spans/s"));
    } else {
      report.remark("Zipkin's server could not be had");
    }
    return report
        .verdict(Verdict.floor("accepted and on disk", rate, measurements, OURS, "spans/s"))
        .verdict(Verdict.bound("p99 of an answer", 100, measurements, OURS, "p99 ms"))
        .verdict(Verdict.bound("memory", 512, measurements, OURS, "peak MB"))
        .verdict(Verdict.bound("acknowledged spans lost", 0, measurements, OURS, "lost"))
        .verdict(Verdict.bound("lost by a kill", 0, measurements, OURS, "killed: lost"))
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
        .remark("senders and server share the machine's processors")
        .remark(
            "Zipkin keeps spans in memory; ours are on disk when they are answered, and indexed")
        .remark("killed: spans that were acknowledged before a kill -9 and are not there");
  }

  private static int part(int seconds) {
    return Math.max(2, seconds / 10);
  }

  private static SpanLoad load(URI address, AtomicLong numbers) {
    return new SpanLoad(address, BATCH, numbers, () -> new SpanBatches(BATCH));
  }

  private static void measureZipkin(Path jar, int warmup, int seconds, Measurements into)
      throws IOException, InterruptedException {
    try (ZipkinServer server = ZipkinServer.start(jar)) {
      AtomicLong numbers = new AtomicLong(1);
      SpanLoad warm = new SpanLoad(server.address(), BATCH, numbers, () -> new ZipkinSpans(BATCH));
      warm.run(SENDERS, 0, warmup);
      double before = server.cpuMillis();
      SpanLoad most = new SpanLoad(server.address(), BATCH, numbers, () -> new ZipkinSpans(BATCH));
      most.run(MOST_SENDERS, 0, seconds);
      into.add(ZIPKIN, "most spans/s", most.accepted() / (double) seconds);
      into.add(ZIPKIN, "most p99 ms", most.percentile(0.99));
      into.add(ZIPKIN, "cpu us/span", (server.cpuMillis() - before) * 1000 / most.accepted());
    }
  }

  private static void measure(Path home, int rate, int warmup, int seconds, Measurements into)
      throws IOException, InterruptedException {
    long acknowledged = 0;
    int part = part(seconds);
    AtomicLong numbers = new AtomicLong(1);
    try (Served server = Served.at(home, Map.of())) {
      SpanLoad warm = load(server.address(), numbers);
      warm.run(SENDERS, 0, warmup);
      acknowledged += warm.accepted();
      double before = server.cpuMillis();
      SpanLoad planned = load(server.address(), numbers);
      planned.run(SENDERS, rate, seconds);
      acknowledged += planned.accepted();
      into.add(OURS, "spans/s", planned.accepted() / (double) seconds);
      into.add(OURS, "p50 ms", planned.percentile(0.5));
      into.add(OURS, "p99 ms", planned.percentile(0.99));
      into.add(OURS, "refused", planned.refused());
      into.add(OURS, "peak MB", server.peakMegabytes());
      SpanLoad most = load(server.address(), numbers);
      most.run(MOST_SENDERS, 0, part);
      acknowledged += most.accepted();
      double spent = (server.cpuMillis() - before) * 1000;
      into.add(OURS, "cpu us/span", spent / (planned.accepted() + most.accepted()));
      into.add(OURS, "most spans/s", most.accepted() / (double) part);
      into.add(OURS, "most p99 ms", most.percentile(0.99));
      SpanLoad overload = load(server.address(), numbers);
      overload.run(64, 3 * most.accepted() / part, part);
      acknowledged += overload.accepted();
      into.add(OURS, "overload: spans/s", overload.accepted() / (double) part);
      into.add(OURS, "overload: share", overload.accepted() / (double) most.accepted());
      into.add(OURS, "overload: 429, 503", overload.refused());
      into.add(OURS, "overload: other", overload.other());
      into.add(OURS, "overload: peak MB", server.peakMegabytes());
    }
    into.add(OURS, "lost", Math.max(0, acknowledged - kept(home)));
    long before = kept(home);
    long killed = killed(home, numbers, part);
    into.add(OURS, "killed: lost", Math.max(0, killed - (kept(home) - before)));
  }

  /** Kills the server in the middle of a load; answers what had been acknowledged. */
  private static long killed(Path home, AtomicLong numbers, int seconds)
      throws IOException, InterruptedException {
    SpanLoad load;
    try (Served server = Served.at(home, Map.of())) {
      load = load(server.address(), numbers);
      Thread killer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(500L * seconds);
                  server.kill();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      load.run(MOST_SENDERS, 0, seconds);
      killer.join();
    }
    Journals.recover(home);
    return load.accepted();
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
