package dev.flightlog.benchmarks.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.server.http.HttpConfig;
import dev.flightlog.server.http.HttpServer;
import dev.flightlog.server.otlp.OtlpFeature;
import dev.flightlog.server.tokens.Tokens;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's own SDK exports to the server, compressed, and is content with its answers. */
class OpenTelemetrySdkTest {
  @TempDir Path home;

  @Test
  void itsExporterDeliversSpansOfCalls() throws IOException {
    ReaderSettings settings =
        new ReaderSettings(
            Redactor.create(RedactionKey.of(new byte[32])),
            null,
            4096,
            Prices.builtIn(),
            new Projects(Map.of()));
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home));
        HttpServer server =
            HttpServer.start(
                HttpConfig.loopback(0, Tokens.inHome(home)),
                List.of(new OtlpFeature(recorder, settings)))) {
      OtlpHttpSpanExporter exporter =
          OtlpHttpSpanExporter.builder()
              .setEndpoint(server.uri() + "/v1/traces")
              .setCompression("gzip")
              .build();
      try (SdkTracerProvider provider =
          SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(exporter))
              .build()) {
        Span span =
            provider
                .get("sdk-test")
                .spanBuilder("chat gpt-5")
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.request.model", "gpt-5")
                .setAttribute("gen_ai.usage.input_tokens", 120)
                .setAttribute("gen_ai.usage.output_tokens", 30)
                .startSpan();
        span.recordException(new IllegalStateException("too many"));
        span.setStatus(StatusCode.ERROR);
        span.end();
        assertThat(
                provider.forceFlush().join(30, java.util.concurrent.TimeUnit.SECONDS).isSuccess())
            .isTrue();
      }
      recorder.flush();
    }
    assertThat(journal())
        .filteredOn(line -> line.contains("\"event_type\":\"model_call\""))
        .singleElement()
        .asString()
        .contains("\"tokens_used\":150")
        .contains("\"success\":false")
        .contains("\"error_type\":\"IllegalStateException\"", "\"message\":\"too many\"");
  }

  private List<String> journal() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
