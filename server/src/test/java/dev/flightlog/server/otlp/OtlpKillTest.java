package dev.flightlog.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.Journals;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed while spans come loses none that it has answered with 200. {@code
 * -Dflightlog.otlp.kills=N} kills more often.
 */
class OtlpKillTest {
  private static final int KILLS = Integer.getInteger("flightlog.otlp.kills", 1);
  private static final int BATCHES = 40;
  private static final Pattern SPAN = Pattern.compile("\"span_id\":\"([0-9a-f]{16})\"");

  @TempDir Path home;
  private long number = 1;

  @Test
  void whatWasAnsweredIsThereAfterEveryKill() throws Exception {
    Set<String> acknowledged = new TreeSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Process server = start();
      try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
          HttpClient client = HttpClient.newHttpClient()) {
        String line = String.valueOf(out.readLine());
        while (!line.startsWith("port ") && !line.equals("null")) {
          line = String.valueOf(out.readLine());
        }
        assertThat(line).startsWith("port ");
        URI address = URI.create("http://127.0.0.1:" + line.substring(5) + "/v1/traces");
        for (int i = 0; i < BATCHES; i++) {
          send(client, address, acknowledged);
        }
        Thread killer = Thread.ofPlatform().start(server::destroyForcibly);
        boolean alive = true;
        while (alive) {
          try {
            send(client, address, acknowledged);
          } catch (IOException gone) {
            alive = false;
          }
        }
        killer.join();
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
    assertThat(Journals.recover(home).problems()).isEmpty();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * BATCHES * 10);
    assertThat(kept()).containsAll(acknowledged);
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dslf4j.provider=" + System.getProperty("slf4j.provider", ""),
            "-cp",
            System.getProperty("java.class.path"),
            OtlpServerProcess.class.getName(),
            home.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void send(HttpClient client, URI address, Set<String> acknowledged)
      throws IOException, InterruptedException {
    StringBuilder spans = new StringBuilder();
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < 10; i++) {
      String id = String.format("%016x", number++);
      ids.add(id);
      spans
          .append(i == 0 ? "" : ",")
          .append("{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"")
          .append(id)
          .append("\",\"name\":\"work\",\"startTimeUnixNano\":\"1795800000000000000\"}");
    }
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + spans + "]}]}]}"))
            .build();
    if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
      acknowledged.addAll(ids);
    }
  }

  private Set<String> kept() throws IOException {
    Set<String> kept = new TreeSet<>();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        Matcher matcher = SPAN.matcher(Files.readString(file));
        while (matcher.find()) {
          kept.add(matcher.group(1));
        }
      }
    }
    return kept;
  }
}
