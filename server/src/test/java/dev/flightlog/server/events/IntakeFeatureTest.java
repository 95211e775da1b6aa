package dev.flightlog.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.server.http.Running;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeFeatureTest {
  private static final String TASK =
      "{\"event_type\":\"task_request\",\"task_id\":\"t1\",\"timestamp\":\"2026-02-01T09:00:00Z\","
          + "\"details\":{\"request\":\"Write a poem\"},\"extra\":1}";

  @TempDir Path home;
  private FlightRecorder recorder;
  private Running running;

  @BeforeEach
  void open() {
    recorder =
        FlightRecorder.open(RecorderConfig.at(home).ring(1 << 16).maxWait(Duration.ofMinutes(1)));
    running = Running.with(home, new IntakeFeature(recorder));
  }

  @AfterEach
  void close() {
    running.close();
    recorder.close();
  }

  private HttpResponse<String> post(String body, String type) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return running.post("/v1/events", bytes, "Content-Type", type);
  }

  private List<String> journal() throws IOException {
    recorder.flush();
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Test
  void oneEventAnArrayAndLinesAreAllTaken() throws IOException {
    String three = "{\"accepted\":3,\"rejected\":[]}";
    assertThat(post(TASK, "application/json").body()).isEqualTo("{\"accepted\":1,\"rejected\":[]}");
    assertThat(post("[" + TASK + "," + TASK + "\n," + TASK + "]", "application/json").body())
        .isEqualTo(three);
    assertThat(post(TASK + "\n\n" + TASK + "\r\n" + TASK + "\n", "application/x-ndjson").body())
        .isEqualTo(three);
    assertThat(journal())
        .hasSize(7)
        .allMatch(line -> line.contains("\"timestamp\":\"2026-02-01T09:00:00.000000+00:00\""))
        .allMatch(line -> line.contains("\"task_id\":\"t1\""))
        .allMatch(line -> line.contains("\"request\":\"Write a poem\",\"extra\":1"));
  }

  @Test
  void whatIsNoEventIsToldByItsLineAndTheOthersAreKept() throws IOException {
    String body =
        TASK
            + "\n{\"event_type\":\"Bad Type\"}\n{torn\n"
            + "{\"event_type\":\"evaluation\",\"confidence_score\":\"high\"}\n[1]\n"
            + "{\"event_type\":\"x\",\"category\":\"no\"}\n{\"event_type\":\"x\",\"timestamp\":5}\n"
            + TASK;
    HttpResponse<String> answer = post(body, "application/x-ndjson");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"accepted\":2,\"rejected\":[{\"line\":2,");
    for (int line : new int[] {3, 4, 5, 6, 7}) {
      assertThat(answer.body()).contains("{\"line\":" + line + ",\"error\":");
    }
    assertThat(answer.body()).contains("confidence_score is a number, not high");
    assertThat(journal()).hasSize(2);
  }

  @Test
  void aSecretIsReplacedBeforeItIsWritten() throws IOException {
    String secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    post(TASK.replace("a poem", secret), "application/json");
    assertThat(journal().getFirst()).contains("[redacted:").doesNotContain(secret);
  }

  @Test
  void aBodyThatIsNoJsonIsRefused() {
    assertThat(post("nonsense", "application/json").statusCode()).isEqualTo(400);
    assertThat(post("", "application/json").statusCode()).isEqualTo(400);
    assertThat(post(TASK, "text/plain").statusCode()).isEqualTo(415);
  }

  @Test
  void oddNumbersCostTheirEventAndNothingIsKeptTwiceBySendingOnlyTheRestAgain() throws IOException {
    String odd = "{\"event_type\":\"odd\",\"duration_ms\":1e99999999999}";
    String huge = "{\"event_type\":\"odd\",\"confidence_score\":1e999}";
    HttpResponse<String> lines =
        post(TASK + "\n" + odd + "\n" + huge + "\n" + TASK, "application/x-ndjson");
    assertThat(lines.statusCode()).isEqualTo(200);
    assertThat(lines.body()).startsWith("{\"accepted\":2,\"rejected\":[{\"line\":2,");
    assertThat(lines.body()).contains("{\"line\":3,");
    HttpResponse<String> array =
        post("[" + TASK + "," + odd + "," + huge + "]", "application/json");
    assertThat(array.body()).startsWith("{\"accepted\":1,\"rejected\":[{\"line\":2,");
    assertThat(journal()).hasSize(3);
  }

  @Test
  void millionsOfRejectionsAreCountedAndTheFirstOfThemListed() throws IOException {
    String body = "[0" + ",0".repeat(4_000_000) + "," + TASK + "]";
    HttpResponse<String> answer = post(body, "application/json");
    assertThat(answer.body()).startsWith("{\"accepted\":1,\"rejected\":[{\"line\":1,");
    assertThat(answer.body()).endsWith("\"rejected_unlisted\":3999001}");
    assertThat(answer.body().length()).isLessThan(100_000);
    assertThat(journal()).hasSize(1);
  }

  @Test
  void anEventThatBecomesTooMuchIsRejectedAndItsNeighboursAreKept() throws IOException {
    String many = "{\"event_type\":\"x\",\"details\":{\"a\":[0" + ",0".repeat(20_000) + "]}}";
    String large = "{\"event_type\":\"x\",\"details\":{\"a\":\"" + "x".repeat(1 << 20) + "\"}}";
    String text = "{\"event_type\":\"x\",\"details\":{\"a\":\"" + "[,".repeat(30_000) + "\"}}";
    HttpResponse<String> answer =
        post(TASK + "\n" + many + "\n" + large + "\n" + text, "application/x-ndjson");
    assertThat(answer.body())
        .startsWith("{\"accepted\":2,\"rejected\":[{\"line\":2,")
        .contains("{\"line\":3,")
        .doesNotContain("{\"line\":4,");
    assertThat(journal()).hasSize(2);
  }
}
