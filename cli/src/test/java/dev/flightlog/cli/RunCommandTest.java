package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.ModelUsage;
import dev.flightlog.runs.RunConfig;
import dev.flightlog.runs.RunStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of experiments from the command line. */
class RunCommandTest {
  @TempDir Path user;
  private Shell shell;
  private String root;

  @BeforeEach
  void log() {
    shell = new Shell(user);
    root = user.resolve("runs").toString();
    AtomicLong seconds = new AtomicLong();
    InstantSource clock =
        () -> Instant.parse("2025-10-20T14:23:45Z").plusSeconds(seconds.getAndIncrement());
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(shell.home))) {
      for (String framework : new String[] {"baes", "chatdev"}) {
        RunConfig config = RunConfig.defaults().recorder(recorder).clock(clock);
        try (FlightRun run = FlightRun.open(user.resolve("runs"), framework, "abc/123", config)) {
          for (int number = 1; number <= 2; number++) {
            try (RunStep step = run.step(number)) {
              step.modelCall(ModelUsage.of("some-model", 100L * number, 10));
            }
          }
        }
      }
    }
  }

  private int call(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--root";
    all[words.length + 1] = root;
    return shell.call(all);
  }

  @Test
  void runsAreListedShownAndCompared() {
    assertThat(call("run", "list", "--format", "json")).isZero();
    assertThat(shell.out)
        .startsWith(
            "[{\"run_id\":\"abc/123\",\"framework\":\"chatdev\",\"model\":\"some-model\","
                + "\"status\":\"succeeded\",\"started_at\":\"2025-10-20T14:23:5")
        .contains("\"ended_at\":\"2025-10-20T14:2", "\"steps\":2}");
    assertThat(call("run", "show", "baes/abc/123", "--format", "csv")).isZero();
    assertThat(shell.out).contains("2,succeeded,", ",200,10,210,", "all,succeeded,");
    assertThat(call("run", "summary", "baes/abc/123")).isZero();
    assertThat(shell.out)
        .contains(
            "Run ID: abc/123", "Step 002: SUCCESS", "(prompt/completion/total): 200 / 10 / 210")
        .satisfies(page -> assertThat(page.lines()).allMatch(line -> line.length() <= 80));
    assertThat(call("run", "compare", "baes/abc/123", "chatdev/abc/123")).isZero();
    assertThat(shell.out).contains("baes", "chatdev");
  }

  @Test
  void whatIsLoggedIsAskedForLikeOtherEvents() {
    assertThat(
            shell.call(
                "sql",
                "SELECT run_id, step, sum(tokens_used) AS t FROM events WHERE event_type = 'model_call'"
                    + " GROUP BY run_id, step ORDER BY step",
                "--format",
                "csv"))
        .isZero();
    assertThat(shell.out).isEqualTo("run_id,step,t\nabc/123,1,220\nabc/123,2,420\n");
  }

  @Test
  void anArchiveIsMadeCheckedAndRestored() throws IOException {
    assertThat(call("run", "archive", "baes/abc/123", "--format", "json")).isZero();
    assertThat(shell.out).contains("\"sha256\":\"", "\"files\":6");
    Path to = user.resolve("back");
    assertThat(call("run", "restore", "baes/abc/123", "--to", to.toString())).isZero();
    assertThat(to.resolve("logs/step_001/metrics.log")).exists();
    assertThat(call("run", "restore", "baes/abc/123", "--to", to.toString()))
        .isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("is there already");
    try (var found = Files.walk(user.resolve("runs/baes"))) {
      Path archive = found.filter(file -> file.endsWith("run.tar.gz")).findFirst().orElseThrow();
      Files.writeString(archive, "x");
    }
    assertThat(call("run", "restore", "baes/abc/123", "--to", user.resolve("b").toString()))
        .isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("it is not the file that was made");
  }

  @Test
  void trajectoriesOfOthersBecomeRunsOnce() throws IOException {
    Path file = user.resolve("mini/t.traj.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "{\"trajectory_format\":\"mini-swe-agent-1\",\"info\":{\"model_stats\":{\"instance_cost\":0.25,"
            + "\"api_calls\":2},\"exit_status\":\"Submitted\",\"submission\":\"diff\"},\"messages\":["
            + "{\"role\":\"system\",\"content\":\"You are an agent\"},"
            + "{\"role\":\"user\",\"content\":\"Mend the build\"},"
            + "{\"role\":\"assistant\",\"content\":\"look\\n```bash\\nls\\n```\"},"
            + "{\"role\":\"user\",\"content\":\"<returncode>0</returncode>\\n<output>\\nMakefile\\n</output>\"},"
            + "{\"role\":\"assistant\",\"content\":\"done\\n```bash\\necho done\\n```\"}]}");
    assertThat(call("run", "import", file.toString(), "--format", "json")).as(shell.err).isZero();
    assertThat(shell.out).isEqualTo("{\"files_without_runs\":0,\"known\":0,\"runs\":1}\n");
    assertThat(call("run", "import", file.toString(), "--format", "json")).isZero();
    assertThat(shell.out).contains("\"known\":1,\"runs\":0");
    assertThat(call("run", "list", "--format", "csv")).isZero();
    String id = shell.out.lines().filter(line -> line.contains(",mini,")).findFirst().orElseThrow();
    assertThat(call("run", "summary", id.substring(0, id.indexOf(',')))).isZero();
    assertThat(shell.out)
        .contains("Started: unknown", "Step 00", "[prompt] outside of steps", "Mend the build")
        .satisfies(page -> assertThat(page.lines()).allMatch(line -> line.length() <= 80));
    assertThat(call("run", "import", user.resolve("none").toString()))
        .isEqualTo(CommandException.FAILED);
  }

  @Test
  void whatWasRecordedIsPutBesideTheBill() throws IOException {
    Path report =
        Files.writeString(
            user.resolve("usage.json"),
            "{\"data\":[{\"start_time\":1760968800,\"end_time\":1760972400,\"results\":[{\"input_tokens\":700,"
                + "\"output_tokens\":40,\"num_model_requests\":4,\"model\":\"some-model\"}]}]}");
    assertThat(
            call(
                "run",
                "reconcile",
                "baes/abc/123",
                "chatdev/abc/123",
                "--report",
                report.toString(),
                "--format",
                "csv"))
        .as(shell.err)
        .isZero();
    assertThat(shell.out).contains("uncached input,700,600,100,0", "output,40,40,0,0");
    assertThat(shell.err).contains("86.5 % of the bill is explained; 1 of 3 equal checks");
    assertThat(call("run", "summary", "baes/abc/123")).isZero();
    assertThat(shell.out).contains("check 1: billed 740 tokens, explained 640 (86.5 %)");
    assertThat(call("run", "reconcile", "baes/abc/123")).isEqualTo(CommandException.USAGE);
  }

  @Test
  void whatIsWrongIsSaidInWords() {
    assertThat(call("run", "show", "abc/123")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("name one of chatdev/abc/123, baes/abc/123");
    assertThat(call("run", "show", "nobody")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("there is no run of this name below", "flightlog run list");
    assertThat(call("run", "freeze")).isEqualTo(CommandException.USAGE);
    assertThat(call("run", "summary")).isEqualTo(CommandException.USAGE);
    assertThat(call("run", "init-git")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("git init");
  }
}
