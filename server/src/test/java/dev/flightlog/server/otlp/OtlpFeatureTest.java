package dev.flightlog.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.server.http.Running;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OTLP over HTTP as its specification has it, over a real server and journal. */
class OtlpFeatureTest {
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String SPAN =
      "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\","
          + "\"name\":\"work\",\"startTimeUnixNano\":\"1544712660000000000\","
          + "\"endTimeUnixNano\":\"1544712661000000000\"}";

  private static final ReaderSettings SETTINGS =
      new ReaderSettings(
          Redactor.create(RedactionKey.of(new byte[32])),
          null,
          32 << 10,
          Prices.builtIn(),
          new Projects(Map.of()));

  @TempDir Path home;
  private FlightRecorder recorder;
  private Running running;

  @BeforeEach
  void open() {
    recorder =
        FlightRecorder.open(RecorderConfig.at(home).ring(1 << 16).maxWait(Duration.ofMinutes(1)));
    running = Running.with(home, new OtlpFeature(recorder, SETTINGS));
  }

  @AfterEach
  void close() {
    running.close();
    recorder.close();
  }

  private static byte[] traces(String... spans) {
    return ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
            + String.join(",", spans)
            + "]}]}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<String> post(byte[] body, String type, String... more) {
    List<String> headers = new ArrayList<>(List.of("Content-Type", type));
    headers.addAll(List.of(more));
    return running.post("/v1/traces", body, headers.toArray(String[]::new));
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
  void whatWasAcceptedIsInTheJournalAndTheAnswerIsEmpty() throws IOException {
    HttpResponse<String> answer = post(traces(SPAN), JSON);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(JSON);
    assertThat(journal())
        .singleElement()
        .asString()
        .contains(
            "\"event_type\":\"span\"", "\"details\":{\"received\":\"otlp\"", "\"name\":\"work\"");
  }

  @Test
  void anEmptyRequestIsSuccessInBothEncodings() {
    assertThat(post(new byte[0], PROTOBUF).statusCode()).isEqualTo(200);
    assertThat(post(new byte[0], PROTOBUF).body()).isEmpty();
    assertThat(post("{}".getBytes(StandardCharsets.UTF_8), JSON).body()).isEqualTo("{}");
  }

  @Test
  void badRecordsAreCountedAndTheOthersAreKept() throws IOException {
    HttpResponse<String> answer = post(traces(SPAN, "{\"traceId\":\"1\"}", "7"), JSON);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":\"a span has");
    assertThat(journal()).hasSize(1);
  }

  @Test
  void protobufIsAnsweredInProtobuf() throws IOException {
    // ResourceSpans { ScopeSpans { Span { trace_id: 1 byte } } }: the layers are right, the span
    // not.
    byte[] bad = {0x0a, 7, 0x12, 5, 0x12, 3, 0x0a, 1, 9};
    HttpResponse<String> partial = post(bad, PROTOBUF);
    assertThat(partial.statusCode()).isEqualTo(200);
    assertThat(partial.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
    // partial_success { rejected_spans: 1 error_message: "a span has …" }
    assertThat(partial.body()).startsWith("\n").contains("\b\u0001\u0012").contains("a span has");
    HttpResponse<String> refused = post(new byte[] {0x0a, 100, 1}, PROTOBUF);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
    // google.rpc.Status { code: INVALID_ARGUMENT message: … }
    assertThat(refused.body()).startsWith("\b\u0003\u0012").contains("ends within a value");
    assertThat(journal()).isEmpty();
  }

  @Test
  void gzipIsTakenAndABombIsRefused() throws IOException {
    assertThat(post(gzip(traces(SPAN)), JSON, "Content-Encoding", "gzip").body()).isEqualTo("{}");
    byte[] bomb = gzip(new byte[24 << 20]);
    HttpResponse<String> answer = post(bomb, JSON, "Content-Encoding", "gzip");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).startsWith("{\"code\":3,\"message\":");
    assertThat(post(traces(SPAN), JSON, "Content-Encoding", "br").statusCode()).isEqualTo(415);
    assertThat(post(traces(SPAN), JSON, "Content-Encoding", "gzip").statusCode()).isEqualTo(400);
  }

  @Test
  void otherTypesAndMethodsAreRefused() {
    assertThat(post(traces(SPAN), "text/plain").statusCode()).isEqualTo(415);
    assertThat(running.get("/v1/traces").statusCode()).isEqualTo(405);
    HttpResponse<String> torn = post("{\"resourceSpans\":[".getBytes(StandardCharsets.UTF_8), JSON);
    assertThat(torn.statusCode()).isEqualTo(400);
    assertThat(torn.body()).startsWith("{\"code\":3,\"message\":\"it is not JSON");
  }

  @Test
  void whatWasSentTwiceHasOneId() throws IOException {
    post(traces(SPAN), JSON);
    post(traces(SPAN), JSON);
    List<String> ids = journal().stream().map(line -> line.substring(0, 34)).toList();
    assertThat(ids).hasSize(2);
    assertThat(ids.getFirst()).isEqualTo(ids.getLast());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
