package dev.flightlog.benchmarks.webhooks;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The whole server, {@code flightlog serve}, takes comments of GitHub by timetable, each of which
 * becomes a task. A time runs from the planned moment to the answer, which says that the delivery
 * is on disk.
 */
public final class WebhookAnswers implements Benchmark {
  private static final String SECRET = "benchmark";
  private static final String OURS = "flightlog serve";
  private static final int BODY = 12_000;

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public String title() {
    return "the answer to a webhook that is safe on disk, with a task made of each";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rate = settings.number("rate", 200, 100);
    int seconds = settings.number("seconds", 30, 5);
    int warmup = settings.number("warmup", 20, 3);
    int rounds = settings.number("rounds", 3, 1);
    Measurements measurements = new Measurements();
    for (int round = 0; round < rounds; round++) {
      measure(settings.emptyFolder("webhooks"), rate, warmup, seconds, measurements);
    }
    return new Report(measurements)
        .verdict(Verdict.bound("p99 of an answer", 50, measurements, OURS, "p99 ms"))
        .verdict(Verdict.bound("refused", 0, measurements, OURS, "refused"))
        .setting("rate", rate)
        .setting("body_bytes", BODY)
        .setting("warmup_seconds", warmup)
        .setting("seconds_a_round", seconds);
  }

  private static void measure(Path home, int rate, int warmup, int seconds, Measurements into)
      throws IOException, InterruptedException {
    String launcher = Path.of(System.getProperty("flightlog.root"), "flightlog").toString();
    ProcessBuilder builder =
        new ProcessBuilder(launcher, "serve", "--port", "0", "--home", home.toString());
    builder.environment().put("FLIGHTLOG_WEBHOOKS_GITHUB_SECRET", SECRET);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = String.valueOf(out.readLine());
      int at = line.indexOf("http://");
      if (at < 0) {
        throw new IOException("the server did not start: " + line);
      }
      URI address = URI.create(line.substring(at)).resolve("/webhooks/github");
      send(address, 0, rate * warmup, rate);
      AtomicInteger refused = new AtomicInteger();
      double[] millis = send(address, 1_000_000, rate * seconds, rate, refused);
      Arrays.sort(millis);
      into.add(OURS, "p50 ms", millis[millis.length / 2]);
      into.add(OURS, "p99 ms", millis[(int) (millis.length * 0.99)]);
      into.add(OURS, "max ms", millis[millis.length - 1]);
      into.add(OURS, "refused", refused.get());
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  /** Warms up. */
  private static void send(URI address, int first, int count, int rate)
      throws InterruptedException {
    send(address, first, count, rate, new AtomicInteger());
  }

  private static double[] send(URI address, int first, int count, int rate, AtomicInteger refused)
      throws InterruptedException {
    double[] millis = new double[count];
    CountDownLatch answered = new CountDownLatch(count);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ScheduledExecutorService timetable = Executors.newScheduledThreadPool(2)) {
      long start = System.nanoTime() + 100_000_000;
      for (int i = 0; i < count; i++) {
        int index = i;
        long planned = start + i * 1_000_000_000L / rate;
        HttpRequest request = request(address, first + i);
        var unused =
            timetable.schedule(
                () ->
                    client
                        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .whenComplete((answer, failure) -> {
                          millis[index] = (System.nanoTime() - planned) / 1e6;
                          if (failure != null || answer.statusCode() != 200) {
                            refused.incrementAndGet();
                          }
                          answered.countDown();
                        }),
                planned - System.nanoTime(),
                TimeUnit.NANOSECONDS);
      }
      answered.await();
    }
    return millis;
  }

  private static HttpRequest request(URI address, int number) {
    String json =
        "{\"action\":\"created\",\"issue\":{\"number\":42,\"body\":\""
            + "x ".repeat(BODY / 2)
            + "\"},\"comment\":{\"id\":"
            + number
            + ",\"body\":\"@bot review\",\"author_association\":\"MEMBER\",\"user\":{\"login\":"
            + "\"dev\",\"type\":\"User\"}},\"repository\":{\"full_name\":\"owner/repo\"},"
            + "\"sender\":{\"login\":\"dev\",\"type\":\"User\"}}";
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(address)
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", "issue_comment")
        .header("X-GitHub-Delivery", "delivery-" + number)
        .header("X-Hub-Signature-256", "sha256=" + hmac(body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static String hmac(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
