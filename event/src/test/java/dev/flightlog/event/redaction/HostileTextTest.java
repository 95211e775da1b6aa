package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileTextTest {
  private static final int SIZE = 1 << 20;
  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));

  @Test
  void workStaysBelowAFixedNumberOfStepsAByte() {
    for (Map.Entry<String, byte[]> text : HostileTexts.all(SIZE, new Random(7)).entrySet()) {
      RedactionBuffer buffer = new RedactionBuffer();
      redactor.redactText(text.getValue(), 0, text.getValue().length, buffer);
      Scan scan = buffer.scanned();
      long work = scan == null ? 0 : scan.work();
      assertThat(work).as(text.getKey()).isLessThan(10L * SIZE);
    }
  }

  @Test
  void twiceTheTextIsAtMostAboutTwiceTheWork() {
    Map<String, byte[]> small = HostileTexts.all(SIZE / 4, new Random(7));
    Map<String, byte[]> large = HostileTexts.all(SIZE / 2, new Random(7));
    for (Map.Entry<String, byte[]> text : large.entrySet()) {
      long one = work(small.getOrDefault(text.getKey(), new byte[0]));
      assertThat(work(text.getValue()))
          .as(text.getKey())
          .isLessThanOrEqualTo(one * 5 / 2 + 100_000);
    }
  }

  @Test
  void whenTheWorkIsUsedUpPlausiblePlacesAreRedactedUnseen() {
    StringBuilder text = new StringBuilder("token:x1y2z3 ".repeat(SIZE / 13));
    String secret = "ghp_" + "aB3dE6".repeat(6);
    text.append("and ").append(secret);
    assertThat(redactor.redact(text.toString())).doesNotContain(secret);
  }

  @Test
  void hostileJsonStaysOneValidLine() throws Exception {
    com.fasterxml.jackson.databind.ObjectMapper mapper =
        new com.fasterxml.jackson.databind.ObjectMapper();
    for (Map.Entry<String, byte[]> text : HostileTexts.all(SIZE / 16, new Random(7)).entrySet()) {
      String content = new String(text.getValue(), StandardCharsets.UTF_8);
      byte[] line = mapper.writeValueAsBytes(Map.of("content", content));
      RedactionBuffer buffer = new RedactionBuffer();
      if (redactor.redact(line, 0, line.length, buffer)) {
        String redacted = new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
        assertThat(mapper.readTree(redacted).get("content").isTextual()).as(text.getKey()).isTrue();
        assertThat(redacted).doesNotContain("\n");
      }
    }
  }

  private long work(byte[] text) {
    RedactionBuffer buffer = new RedactionBuffer();
    redactor.redactText(text, 0, text.length, buffer);
    Scan scan = buffer.scanned();
    return scan == null ? 0 : scan.work();
  }
}
