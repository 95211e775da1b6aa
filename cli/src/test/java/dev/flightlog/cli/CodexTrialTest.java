package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules on trial with the real Codex client, whose model is a script: what is given at the start of
 * a session and what is said by the refusal of a call reaches the model in the exposed arm only,
 * and a session that is resumed keeps its arm. The client is {@code -Dflightlog.codex=FILE} (from
 * npm, {@code @openai/codex}; seen with 0.171.0). Its trust in hooks is given by an option; a
 * person gives it with {@code /hooks}.
 */
class CodexTrialTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLIENT = System.getProperty("flightlog.codex", "");
  private static final int SESSIONS = Integer.getInteger("flightlog.codex.sessions", 6);
  private static final String AT_START = "Say what you will do before a larger change.";
  private static final String AT_CALL = "Use `python3` instead of `python` in `exec_command`.";
  @TempDir Path folder;

  private static Rule rule(String id, String text, String program) {
    return new Rule(
        id,
        "exec_command exit_code_127 (" + program + ") | USE_PROGRAM python3",
        text,
        new Rule.Opportunity("exec_command", program),
        9,
        90,
        0.1,
        4,
        3,
        20,
        List.of());
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void whatIsToldReachesTheModelInItsArmOnlyAndAResumedSessionKeepsIt() throws Exception {
    if (CLIENT.isEmpty()) {
      System.out.println(
          "NOT TESTED a trial with the real Codex client: name it by -Dflightlog.codex=FILE");
    }
    assumeTrue(!CLIENT.isEmpty());
    Shell shell = new Shell(Files.createDirectory(folder.resolve("user")));
    Path codex = Files.createDirectory(shell.user.resolve(".codex"));
    assertThat(shell.call("install", "codex", "--yes")).isZero();
    RuleBook rules = RuleBook.open(shell.home.resolve("rules.jsonl"));
    rules.add(rule("3f2a9c51d0be", AT_START, "git"), Instant.now());
    rules.add(rule("4f2a9c51d0be", AT_CALL, "python"), Instant.now());
    assertThat(shell.call("rules", "approve", "3f2a9c51d0be", "--trial")).isZero();
    assertThat(
            shell.call(
                "rules", "approve", "4f2a9c51d0be", "--trial", "--placement", "action", "--refuse"))
        .isZero();
    TrialBook book = TrialBook.open(shell.home.resolve("trials.jsonl"));
    Trial atStart = book.running("3f2a9c51d0be").orElseThrow().trial();
    Trial atCall = book.running("4f2a9c51d0be").orElseThrow().trial();
    try (ScriptedResponses model = new ScriptedResponses("ls", "python x.py", "python x.py")) {
      Files.writeString(codex.resolve("config.toml"), config(model.address()));
      for (int i = 0; i < SESSIONS; i++) {
        String id = run(shell, List.of());
        assertThat(model.conversation().contains(AT_START))
            .as("at the start of " + id)
            .isEqualTo(atStart.arms().exposed(id));
        assertThat(model.conversation().contains(AT_CALL))
            .as("at the call of " + id)
            .isEqualTo(atCall.arms().exposed(id));
        if (i == 0) {
          assertThat(run(shell, List.of("resume", id))).isEqualTo(id);
          assertThat(model.conversation().contains(AT_START)).isEqualTo(atStart.arms().exposed(id));
        }
      }
    }
    assertThat(shell.call("import", codex.resolve("sessions").toString())).isZero();
    shell.now = Instant.now().plusSeconds(60);
    assertThat(shell.call("rules", "effect", "--format", "json")).isZero();
    System.out.println(shell.out);
    for (JsonNode trial : JSON.readTree(shell.out)) {
      int with = trial.get("sessions_with").asInt();
      assertThat(with + trial.get("sessions_without").asInt()).isEqualTo(SESSIONS);
      if (trial.get("trial").asText().equals(atCall.id())) {
        // The refused call is none of the exposed sessions'.
        assertThat(trial.get("opportunities_with").asInt()).isEqualTo(resumed(atCall, with));
      }
    }
  }

  /** One call behind the one that was refused in each session. */
  private static int resumed(Trial trial, int exposed) {
    return trial.program().equals("python") ? exposed : 0;
  }

  private String run(Shell shell, List<String> more) throws Exception {
    List<String> command = new ArrayList<>(List.of(CLIENT, "exec"));
    command.addAll(List.of("--dangerously-bypass-hook-trust", "--skip-git-repo-check", "--json"));
    command.addAll(more);
    command.add("Do the work.");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", shell.user.toString(), "NO_KEY", "no-key"));
    Path output = folder.resolve("output");
    builder.redirectOutput(output.toFile()).redirectError(new File("/dev/null"));
    builder.redirectInput(new File("/dev/null"));
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    for (String line : Files.readAllLines(output)) {
      if (line.contains("\"thread.started\"")) {
        return JSON.readTree(line).get("thread_id").asText();
      }
    }
    throw new IOException("no thread was started: " + Files.readString(output));
  }

  private static String config(String address) {
    return """
    model = "gpt-5"
    model_provider = "script"
    approval_policy = "never"
    sandbox_mode = "danger-full-access"
    [model_providers.script]
    name = "script"
    base_url = "%s/v1"
    wire_api = "responses"
    env_key = "NO_KEY"
    [analytics]
    enabled = false
    """
        .formatted(address);
  }
}
