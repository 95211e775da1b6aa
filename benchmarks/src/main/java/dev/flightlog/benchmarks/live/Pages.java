package dev.flightlog.benchmarks.live;

import dev.flightlog.benchmarks.generated.Journals;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Served;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.benchmarks.importing.IndexCache;
import dev.flightlog.event.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Every page of the dashboard in a new server over many events in many journals that end now: its
 * first view, and views after it. The processor time is that of the threads which answer requests,
 * since others look for what is new meanwhile.
 */
public final class Pages implements Benchmark {
  private static final List<String> PATHS =
      List.of(
          "/",
          "/overview",
          "/sessions",
          "/agents",
          "/stories",
          "/patterns",
          "/tasks",
          "/runs",
          "/rules",
          "/search",
          "/health");

  @Override
  public String name() {
    return "pages";
  }

  @Override
  public String title() {
    return "each page of the dashboard over many events: first view in a new server, then warm";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int events = settings.number("events", 5_000_000, 200_000);
    int stories = settings.number("stories", 10, 10);
    int views = settings.number("views", 30, 5);
    Path journals = Journals.of(events, stories, LocalDate.now(ZoneOffset.UTC), settings.work());
    Path home = copied(IndexCache.of(journals, settings), settings.emptyFolder("pages"));
    source(home, journals);
    Measurements found = new Measurements();
    try (Served server = Served.at(home, Map.of());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (String path : PATHS) {
        views(server, client, path, 1, "first ", found);
      }
      for (String path : PATHS) {
        views(server, client, path, views, "", found);
      }
    }
    Report report =
        new Report(found)
            .setting("events", events)
            .setting("journals", stories * Journals.DAYS)
            .setting("views", views)
            .remark("first: in a server that has just started, in this order.");
    for (String path : PATHS) {
      report.verdict(Verdict.bound("page " + path, 100, found, path, "ms"));
    }
    return report;
  }

  private static Path copied(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  /** The server goes on looking at the journals, as it does at what was imported once. */
  private static void source(Path home, Path journals) throws IOException {
    JsonWriter line = new JsonWriter().beginObject();
    line.key("path").string(journals.toAbsolutePath().toString()).key("as").string("auto");
    Files.write(home.resolve("sources.jsonl"), line.endObject().append('\n').toByteArray());
  }

  private static void views(
      Served server, HttpClient client, String path, int count, String which, Measurements into)
      throws IOException, InterruptedException {
    URI address = server.address().resolve(path);
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(3)).build();
    double[] millis = new double[count];
    List<Double> cpu = new ArrayList<>();
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      double before = server.requestCpuMillis();
      long begin = System.nanoTime();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      millis[i] = (System.nanoTime() - begin) / 1e6;
      cpu.add(server.requestCpuMillis() - before);
      bytes = answer.body().length;
      if (answer.statusCode() != 200) {
        throw new IOException(path + " was answered " + answer.statusCode());
      }
    }
    Arrays.sort(millis);
    into.add(path, which + "ms", millis[count / 2]);
    into.add(path, which + "cpu ms", Measurements.median(cpu));
    if (which.isEmpty()) {
      into.add(path, "max ms", millis[count - 1]);
      into.add(path, "kB", bytes / 1000.0);
    }
  }
}
