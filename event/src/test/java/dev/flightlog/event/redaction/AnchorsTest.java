package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnchorsTest {
  private static final List<String> TOKENS =
      List.of("ghp_<A36>", "SK<h32>", "hvs.<A90>", "pat<A14>.<h64>", "AKIA<216>", "sk-<A48>");

  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
  private final Random random = new Random(3);

  @Test
  void aTokenIsFoundAtEveryDistanceFromTheBeginningAndTheEnd() {
    for (String form : TOKENS) {
      String token = SecretForms.make(form, random);
      for (int before = 0; before < 50; before++) {
        for (int after : new int[] {0, 1, 7, 12}) {
          String text = " ".repeat(before) + token + " ".repeat(after);
          isGone(text, token);
        }
      }
    }
  }

  @Test
  void aTokenIsFoundAcrossTheBorderOfTwoChunks() {
    for (String form : TOKENS) {
      String token = SecretForms.make(form, random);
      for (int before = 6144 - 110; before < 6144 + 40; before++) {
        isGone("word ".repeat(before / 5) + "=".repeat(before % 5) + " " + token + " .", token);
        isGone("x".repeat(before - 1) + " " + token, token);
      }
    }
  }

  @Test
  void aTokenIsFoundBehindAnUnderscoreInALongRun() {
    String token = SecretForms.make("ghp_<A36>", random);
    for (int before = 1; before < 60; before++) {
      isGone("a".repeat(before) + "_" + token, token);
      isGone("key=" + "a".repeat(before) + "\u001b[31m" + token, token);
    }
  }

  @Test
  void aSecretWhereTheIdOrTheTimeOfAnEventStandIsFound() {
    String id = "01KDVDNA00V4XGT89D9CEPNE50";
    String time = "2026-01-01T00:00:00.000000+00:00";
    String token = SecretForms.make("AKIA<216>", random);
    String head = "{\"id\":\"%s\",\"timestamp\":\"%s\",\"event_type\":\"tool_call\"}";
    isClean(head.formatted(id, time));
    isGone(head.formatted(token, time), token);
    isGone(head.formatted("01-45-" + token, time), token);
    isGone(head.formatted(id, token + "+00:00:00.00"), token);
    isGone(head.formatted(id, time + "\",\"password\":\"" + token), token);
    isGone(head.formatted(id, time).replace("tool_call", token), token);
  }

  private void isClean(String json) {
    byte[] line = json.getBytes(StandardCharsets.UTF_8);
    assertThat(redactor.redact(line, 0, line.length, new RedactionBuffer())).isFalse();
  }

  private void isGone(String text, String token) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RedactionBuffer result = new RedactionBuffer();
    boolean found =
        text.startsWith("{")
            ? redactor.redact(bytes, 0, bytes.length, result)
            : redactor.redactText(bytes, 0, bytes.length, result);
    assertThat(found).as(text).isTrue();
    assertThat(new String(result.array(), 0, result.length(), StandardCharsets.UTF_8))
        .doesNotContain(token.substring(3));
  }
}
