package dev.flightlog.formats.otlp;

import static dev.flightlog.formats.otlp.Telemetry.span;
import static dev.flightlog.formats.otlp.Telemetry.spans;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad bytes cost what they are, and nothing else. */
class HostileTelemetryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "[]",
        "null",
        "{\"traceId\":5}",
        "{\"traceId\":\"zz\",\"spanId\":\"1\"}",
        "{\"traceId\":\"00000000000000000000000000000000\",\"spanId\":\"0000000000000001\"}",
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"0000000000000001\",\"attributes\":{}}",
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"0000000000000001\",\"attributes\":[7]}",
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"0000000000000001\",\"name\":{}}",
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"0000000000000001\",\"startTimeUnixNano\":\"soon\"}",
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"0000000000000001\",\"startTimeUnixNano\":1e999}",
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"0000000000000001\",\"events\":[1]}",
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"0000000000000001\",\"status\":true}"
      })
  void aBadRecordCostsItselfAndIsTold(String bad) {
    Telemetry seen =
        new Telemetry().json(Signal.TRACES, spans("shop", bad, span(2, 0, "good"), bad));
    assertThat(seen.of("span")).hasSize(1);
    assertThat(seen.refused).isEqualTo(2);
    assertThat(seen.reason).isNotEmpty();
  }

  @Test
  void deepNestingAndManyValuesAreRefused() {
    String deep = "{\"arrayValue\":{\"values\":[".repeat(40) + "]}}".repeat(40);
    String many = "{\"key\":\"a\",\"value\":{}},".repeat(70_000);
    String start =
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"0000000000000001\","
            + "\"attributes\":[";
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.TRACES,
                spans(
                    "shop",
                    start + "{\"key\":\"a\",\"value\":" + deep + "}]}",
                    start + many + "{\"key\":\"a\",\"value\":{}}]}",
                    span(2, 0, "good")));
    assertThat(seen.reason).contains("20000 values");
    assertThat(seen.refused).isEqualTo(1);
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> new Telemetry().json(Signal.TRACES, "[".repeat(100_000)));
  }

  @Test
  void aSpanFromTheFutureIsKeptAtTheTimeItCame() {
    Telemetry seen =
        new Telemetry()
            .json(Signal.TRACES, spans("shop", span(1, 0, "x").replace("17958", "27958")));
    assertThat(seen.only("span").get(Field.TIMESTAMP)).isEqualTo(Telemetry.NOW);
    assertThat(Timestamps.text(Telemetry.NOW)).startsWith("2026-11-28");
  }

  @Test
  void secretsInAttributesAndNamesAreRedacted() {
    String secret = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
    Telemetry seen =
        new Telemetry()
            .json(
                Signal.TRACES,
                spans("shop", span(1, 0, "call " + secret, "header", "token " + secret)));
    assertThat(seen.events.values().toString()).doesNotContain(secret);
  }

  /** Every byte of a real request changed, cut, doubled: some records fewer, never a failure. */
  @Test
  void noBytesMakeItFail() throws IOException {
    byte[] json;
    byte[] binary;
    try (InputStream a = HostileTelemetryTest.class.getResourceAsStream("claude-logs.json");
        InputStream b = HostileTelemetryTest.class.getResourceAsStream("claude-logs.pb")) {
      json = Objects.requireNonNull(a).readAllBytes();
      binary = Objects.requireNonNull(b).readAllBytes();
    }
    int rounds = Integer.getInteger("flightlog.otlp.mutations", 60);
    long seed = Long.getLong("flightlog.test.seed", 20261128);
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      byte[] text = mutated(json, random);
      byte[] wire = mutated(binary, random);
      for (Signal signal : Signal.values()) {
        try {
          new Telemetry().json(signal, new String(text, StandardCharsets.ISO_8859_1));
        } catch (BadRecordException expected) {
          assertThat(expected.getMessage()).isNotEmpty();
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ", round " + round, e);
        }
        try {
          new Telemetry().protobuf(signal, wire);
        } catch (BadRecordException expected) {
          assertThat(expected.getMessage()).isNotEmpty();
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ", round " + round, e);
        }
      }
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] copy = java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    if (random.nextBoolean()) {
      copy = bytes.clone();
    }
    for (int i = random.nextInt(6); i >= 0; i--) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
    }
    return copy;
  }
}
