package dev.flightlog.learning.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.learning.exposure.Delivery;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.Purpose;
import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.Trigger;
import dev.flightlog.learning.rules.Rule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a hook costs beside a shell that does nothing, in one run: {@code
 * -Dflightlog.hook.runs=2000} on a machine that does nothing else.
 */
class HookSpeedTest {
  private static final int RUNS = Integer.getInteger("flightlog.hook.runs", 10);
  @TempDir Path home;

  private static Trial trial(Placement placement, int number) {
    Rule rule =
        new Rule(
            "3f2a9c51d0be",
            "Bash command_not_found | USE_PROGRAM python3",
            "Use `python3` instead.",
            new Rule.Opportunity("Bash", "python"),
            9,
            90,
            0.1,
            4,
            3,
            25,
            List.of());
    return Trial.of(
        rule,
        number,
        Purpose.TRIAL,
        new Terms(placement, Delivery.TEXT, Trigger.EVERY_CALL, 0.5),
        Instant.parse("2026-06-01T12:00:00Z"),
        400);
  }

  @Test
  void aHookCostsLittleMoreThanAShell() throws Exception {
    HookFiles files = new HookFiles(home, home);
    files.show(List.of(trial(Placement.SESSION, 1), trial(Placement.ACTION, 2)));
    HookScript script = new HookScript(home);
    script.write();
    HookScript alone = new HookScript(home.resolve("without a trial"));
    alone.write();
    String start = HookCommand.of(script.path(), "claude", true);
    String call = HookCommand.of(script.path(), "claude", false);
    String noTrialStart = HookCommand.of(alone.path(), "claude", true);
    String noTrialCall = HookCommand.of(alone.path(), "claude", false);
    long[][] took = new long[7][RUNS];
    for (int i = 0; i < RUNS; i++) {
      String id = UUID.randomUUID().toString();
      String python = "{\"command\":\"python x.py\"}";
      took[0][i] = run(":", "");
      took[1][i] = run(start, RunHook.start(id));
      took[2][i] = run(call, RunHook.call(id, "Bash", "{\"command\":\"ls\"}", "toolu_1"));
      took[3][i] = run(call, RunHook.call(id, "Bash", python, "toolu_2"));
      took[4][i] = run(call, RunHook.call(id, "Bash", python, "toolu_3"));
      took[5][i] = run(noTrialStart, RunHook.start(id));
      took[6][i] = run(noTrialCall, RunHook.call(id, "Bash", python, "toolu_4"));
    }
    List<String> names =
        List.of(
            "sh -c :",
            "session start",
            "another call",
            "first call",
            "later call",
            "start, no trial",
            "call, no trial");
    for (int i = 0; i < took.length; i++) {
      Arrays.sort(took[i]);
      System.out.printf(
          "%-14s p50 %6.2f ms  p99 %6.2f ms%n",
          names.get(i), took[i][RUNS / 2] / 1e6, took[i][RUNS * 99 / 100] / 1e6);
      assertThat(took[i][RUNS / 2]).isLessThan(2_000_000_000L);
    }
  }

  private static long run(String command, String event) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process = new ProcessBuilder("/bin/sh", "-c", command).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((event + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A shell that does nothing reads nothing.
    }
    process.getInputStream().readAllBytes();
    process.waitFor();
    return System.nanoTime() - begin;
  }
}
