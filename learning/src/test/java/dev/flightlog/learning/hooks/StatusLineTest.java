package dev.flightlog.learning.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusLineTest {
  private static final String SESSION =
      "{\"session_id\":\"mine\",\"cost\":{\"total_cost_usd\":1.2345,\"total_duration_ms\":5},"
          + "\"context_window\":{\"current_usage\":{\"input_tokens\":5},\"used_percentage\":45.2},"
          + "\"rate_limits\":{\"five_hour\":{\"used_percentage\":23.5,\"resets_at\":1795900000},"
          + "\"seven_day\":{\"used_percentage\":41,\"resets_at\":1796000000}}}";
  @TempDir Path home;

  private String shown(String shell, String input) throws IOException, InterruptedException {
    Path script = new HookScript(home).statusLine();
    Process process = new ProcessBuilder(shell, "-c", HookCommand.statusLine(script)).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((input + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It may have ended without reading.
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor()).isZero();
    return out;
  }

  @Test
  void itTellsCostContextWindowsAndWhoWaitsElsewhere() throws Exception {
    new HookScript(home).write();
    Path now = home.resolve("hooks/now");
    for (String shell : HookTest.shells()) {
      Files.writeString(now, ProcessHandle.current().pid() + " mine other third\n");
      assertThat(shown(shell, SESSION))
          .as(shell)
          .isEqualTo("$1.23 · context 45% · 5h 23% · week 41% · 2 waiting elsewhere\n");
      Files.writeString(now, "999999999 other\n");
      assertThat(shown(shell, SESSION)).isEqualTo("$1.23 · context 45% · 5h 23% · week 41%\n");
      assertThat(shown(shell, "{\"session_id\":\"mine\"}")).isEmpty();
      assertThat(shown(shell, "not json")).isEmpty();
    }
    try (Stream<Path> left = Files.list(home.resolve("hooks/spool"))) {
      List<Path> files = left.toList();
      assertThat(files).hasSize(1);
      assertThat(files.getFirst())
          .content()
          .startsWith("{\"hook_event_name\":\"Status\",\"session_id\"");
    }
  }

  @Test
  void itIsSilentWhenNothingOfOursIsLeft() throws Exception {
    assertThat(shown("/bin/sh", SESSION)).isEmpty();
  }
}
