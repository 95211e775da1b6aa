package dev.flightlog.worker.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line that comes in two pieces, cut at every byte of a secret. */
class PieceRedactorTest {
  private static final String LETTERS = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";

  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));

  @Test
  void noPartOfASecretIsLeftWhereverTheLineIsCut() {
    for (String secret :
        List.of(
            "ghp_" + LETTERS.substring(0, 36),
            "xoxb-123456789012-1234567890123-" + LETTERS.substring(0, 24),
            "sk-ant-api03-" + LETTERS.repeat(3).substring(0, 93) + "AA")) {
      everyCutOf("before ", secret, " after, €");
    }
    everyCutOf("password=", "x7!k%Q:~2#Vb^9*w$Lp@4z", " after, €");
  }

  private void everyCutOf(String before, String secret, String after) {
    byte[] line = (before + secret + after).getBytes(UTF_8);
    for (int cut = before.length(); cut <= before.length() + secret.length(); cut++) {
      String shown = inTwo(line, cut);
      String where = secret + " cut at " + cut + ": " + shown;
      for (int i = 0; i + 5 <= secret.length(); i++) {
        assertThat(shown).as(where).doesNotContain(secret.substring(i, i + 5));
      }
      assertThat(shown).as(where).startsWith(before + "[redacted:").endsWith(after);
    }
  }

  private String inTwo(byte[] line, int cut) {
    PieceRedactor pieces = new PieceRedactor(redactor);
    StringBuilder shown = new StringBuilder();
    PieceRedactor.Sink sink =
        (bytes, from, to) -> shown.append(new String(bytes, from, to - from, UTF_8));
    pieces.piece(line, 0, cut, false, sink);
    pieces.piece(line, cut, line.length, true, sink);
    return shown.toString();
  }
}
