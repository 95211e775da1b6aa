package dev.flightlog.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeLinesTest {
  private static final List<String> NO_MESSAGES =
      List.of(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null}",
          "{\"jsonrpc\":\"2.0\",\"method\":null}",
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
          "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":[]}",
          "[]",
          "null",
          "7",
          "\"\\ud800\"",
          "{\"a\":".repeat(50_000),
          "[".repeat(50_000),
          "\u0000",
          "{\"jsonrpc\":\"2.0\",\"id\":1e999,\"method\":\"ping\"}");

  @Test
  void aLineThatIsNoMessageIsAnsweredOrPassedOnAndTheNextIsStillRead() throws Exception {
    String good = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/good\"}";
    for (String odd : NO_MESSAGES) {
      byte[] in = (odd + "\n" + good + "\n").getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      WholeLines lines = new WholeLines(new ByteArrayInputStream(in), out);
      String shown = odd.substring(0, Math.min(odd.length(), 60));
      StringBuilder passed = new StringBuilder();
      byte[] piece = new byte[200];
      while (!passed.toString().contains(good)) {
        int n = lines.input().read(piece, 0, piece.length);
        assertThat(n).as(shown).isPositive();
        passed.append(new String(piece, 0, n, StandardCharsets.UTF_8));
      }
      assertThat(
              passed.toString().contains("ping")
                  || out.toString(StandardCharsets.UTF_8).contains("-32700"))
          .as(shown)
          .isTrue();
    }
  }
}
