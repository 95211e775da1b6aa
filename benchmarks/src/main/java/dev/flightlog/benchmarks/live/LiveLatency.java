package dev.flightlog.benchmarks.live;

import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Served;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole server from its start on: the first answer, memory when idle, hooks over HTTP by
 * timetable, how long until a hook is on the stream of events, and how long until a page shows that
 * a session waits for a person, fetched as the page does it when the stream tells of something.
 */
public final class LiveLatency implements Benchmark {
  private static final String OURS = "flightlog serve";
  private static final int RATE = 50;
  private static final long PATIENCE_SECONDS = 20;
  private static final long IDLE_SECONDS = 5;

  @Override
  public String name() {
    return "live";
  }

  @Override
  public String title() {
    return "start, hooks over HTTP, and from a hook to the stream and to the page";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 5, 1);
    int hooks = settings.number("hooks", 3_000, 300);
    int asking = settings.number("asking", 40, 5);
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      measure(settings.emptyFolder("live"), hooks, asking, found);
    }
    return new Report(found)
        .setting("rounds", rounds)
        .setting("hooks", hooks)
        .setting("hooks_a_second", RATE)
        .setting("sessions_that_ask", asking)
        .verdict(Verdict.bound("start to the first answer", 1500, found, OURS, "start ms"))
        .verdict(Verdict.bound("memory when idle", 150, found, OURS, "idle MB"))
        .verdict(Verdict.bound("p99 of a hook", 5, found, OURS, "hook p99 ms"))
        .verdict(Verdict.bound("p99 of event to stream", 500, found, OURS, "stream p99 ms"))
        .verdict(Verdict.bound("hooks that were not seen", 0, found, OURS, "unseen"))
        .verdict(Verdict.bound("p99 of hook to waiting", 500, found, OURS, "waiting p99 ms"))
        .remark("callers and server share the machine's processors")
        .remark("the first 200 hooks, which warm up, are not counted");
  }

  private static void measure(Path home, int hooks, int asking, Measurements into)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (Served server = Served.at(home, Map.of());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI address = server.address();
      get(client, address.resolve("/health/live"));
      into.add(OURS, "start ms", (System.nanoTime() - begin) / 1e6);
      into.add(OURS, "start cpu ms", server.cpuMillis());
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      into.add(OURS, "idle MB", server.megabytes());
      try (StreamReader stream = new StreamReader(client, address)) {
        hooks(client, address, stream, hooks, into);
        asking(client, address, stream, asking, into);
      }
    }
  }

  private static void hooks(
      HttpClient client, URI address, StreamReader stream, int count, Measurements into)
      throws IOException, InterruptedException {
    int warm = 200;
    long[] planned = new long[warm + count];
    double[] answered = new double[warm + count];
    long begin = System.nanoTime();
    for (int i = 0; i < planned.length; i++) {
      byte[] body = HookBodies.hook(i);
      planned[i] = begin + i * 1_000_000_000L / RATE;
      while (planned[i] > System.nanoTime()) {
        LockSupport.parkNanos(planned[i] - System.nanoTime());
      }
      post(client, address.resolve("/hooks/claude"), body);
      answered[i] = (System.nanoTime() - planned[i]) / 1e6;
    }
    double[] seen = new double[planned.length];
    int unseen = 0;
    for (int i = 0; i < planned.length; i++) {
      long at = stream.awaitMark(HookBodies.mark(i), unseen > 0 ? 0 : PATIENCE_SECONDS);
      seen[i] = at == 0 ? Double.POSITIVE_INFINITY : (at - planned[i]) / 1e6;
      unseen += at == 0 ? 1 : 0;
    }
    percentiles("hook", Arrays.copyOfRange(answered, warm, answered.length), into);
    percentiles("stream", Arrays.copyOfRange(seen, warm, seen.length), into);
    into.add(OURS, "unseen", unseen);
  }

  private static void asking(
      HttpClient client, URI address, StreamReader stream, int count, Measurements into)
      throws IOException, InterruptedException {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      String session = "asks-" + i;
      long begin = System.nanoTime();
      post(client, address.resolve("/hooks/claude"), HookBodies.asking(session));
      boolean told = stream.awaitMark(session, PATIENCE_SECONDS) > 0;
      boolean shown = told && get(client, address.resolve("/")).contains(session);
      millis[i] = shown ? (System.nanoTime() - begin) / 1e6 : Double.POSITIVE_INFINITY;
    }
    percentiles("waiting", millis, into);
  }

  private static void percentiles(String what, double[] millis, Measurements into) {
    Arrays.sort(millis);
    into.add(OURS, what + " p50 ms", millis[millis.length / 2]);
    into.add(OURS, what + " p99 ms", millis[Math.min(millis.length - 1, millis.length * 99 / 100)]);
  }

  private static String get(HttpClient client, URI address)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Flightlog-Fragment", "main").build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void post(HttpClient client, URI address, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("a hook was answered " + status);
    }
  }
}
