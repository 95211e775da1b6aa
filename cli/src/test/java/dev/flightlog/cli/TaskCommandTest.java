package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskCommandTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void openShell() throws IOException {
    shell = new Shell(user);
    shell.environment.put("PATH", "/usr/bin:/bin");
    configure(
        "{\"agents\":{\"echo\":{\"command\":[\"cat\"],\"agent_type\":\"executing\"},"
            + "\"broken\":{\"command\":[\"false\"],\"timeout_seconds\":60}},"
            + "\"worker\":{\"agent\":\"echo\"},\"tasks\":{\"attempts\":1,\"pause_seconds\":0}}");
  }

  private void configure(String json) throws IOException {
    Files.createDirectories(shell.home);
    Files.writeString(shell.home.resolve("config.json"), json);
  }

  private String add(String... words) {
    List<String> all = new ArrayList<>(List.of("task", "add"));
    all.addAll(List.of(words));
    assertThat(shell.call(all.toArray(String[]::new))).as(shell.err).isZero();
    return shell.out.strip();
  }

  @Test
  void aTaskIsAddedRunAndShown() throws IOException {
    String id = add("say it again");
    assertThat(shell.call("worker", "--once")).as(shell.err).isZero();
    assertThat(shell.err).contains("1 run");
    assertThat(shell.call("task", "list", "--format", "json")).isZero();
    JsonNode listed = JACKSON.readTree(shell.out).get(0);
    assertThat(listed.get("task_id").asText()).isEqualTo(id);
    assertThat(listed.get("source").asText()).isEqualTo("cli");
    assertThat(listed.get("status").asText()).isEqualTo("succeeded");
    assertThat(listed.get("assigned_agent").asText()).isEqualTo("echo");
    assertThat(listed.get("agent_type").asText()).isEqualTo("executing");
    assertThat(shell.call("task", "show", id)).isZero();
    assertThat(shell.out).contains("result: say it again", "status: succeeded", "folder: ");
    assertThat(shell.call("task", "show", id, "--format", "json")).isZero();
    assertThat(JACKSON.readTree(shell.out).get("final_result").get("success").asBoolean()).isTrue();
    assertThat(shell.call("task", "logs", id)).isZero();
    assertThat(shell.out).contains("output  say it again");
    assertThat(shell.call("task", "logs", id, "--part", "input", "--format", "json")).isZero();
    assertThat(JACKSON.readTree(shell.out).get(0).get("message").asText())
        .isEqualTo("say it again");
    assertThat(
            shell.call(
                "sql",
                "SELECT event_type FROM events WHERE task_id = '" + id + "' ORDER BY event_type",
                "--format",
                "csv"))
        .isZero();
    assertThat(shell.out)
        .contains("agent_finished", "agent_started", "task_outcome", "task_request", "task_status");
  }

  @Test
  void aTaskThatFailedIsParkedAndRetried() {
    String id = add("break", "--agent", "broken");
    assertThat(shell.call("worker", "--once")).as(shell.err).isZero();
    assertThat(shell.call("task", "list", "--status", "parked")).isZero();
    assertThat(shell.out).contains(id, "broken");
    assertThat(shell.call("task", "list", "--status", "queued", "--format", "json")).isZero();
    assertThat(shell.out.strip()).isEqualTo("[]");
    assertThat(shell.call("task", "retry", id)).as(shell.err).isZero();
    assertThat(shell.call("task", "list", "--status", "queued")).isZero();
    assertThat(shell.out).contains(id);
  }

  @Test
  void aWaitingTaskIsCancelledOnce() throws IOException {
    String id = add("never");
    assertThat(shell.call("task", "cancel", id)).as(shell.err).isZero();
    assertThat(shell.call("task", "cancel", id)).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("is cancelled: nothing to cancel");
    assertThat(shell.call("worker", "--once")).isZero();
    assertThat(shell.err).contains("0 runs");
    Path result = shell.home.resolve("tasks").resolve(id).resolve("04-final-result.json");
    assertThat(Files.readString(result)).contains("\"success\":false", "cancelled before it ran");
  }

  @Test
  void whatAnAgentPrintsCannotDriveTheTerminal() throws IOException {
    configure(
        "{\"agents\":{\"loud\":{\"command\":[\"printf\",\"\\\\033[31mred\\\\007\\\\377\\\\n\"]}}}");
    String id = add("x");
    assertThat(shell.call("worker", "--once")).as(shell.err).isZero();
    for (String action : List.of("logs", "show")) {
      assertThat(shell.call("task", action, id)).isZero();
      assertThat(shell.out).contains("red").doesNotContain("\u001b", "\u0007");
    }
  }

  @Test
  void whatIsWrongIsToldWithAWayOut() throws IOException {
    assertThat(shell.call("task", "show", "../../etc/passwd")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("there is no task", "flightlog task list");
    assertThat(shell.call("task", "lst")).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("did you mean 'list'");
    assertThat(shell.call("task", "show")).isEqualTo(CommandException.USAGE);
    assertThat(shell.call("task", "list", "--status", "gone")).isEqualTo(CommandException.USAGE);
    assertThat(shell.call("task", "add", "x", "--agent", "nobody"))
        .isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("no agent nobody");
    configure("{}");
    assertThat(shell.call("worker", "--once")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("no agent is configured", "config.json");
    configure("{\"agents\":{\"a\":{\"comand\":[\"x\"]}}}");
    assertThat(shell.call("worker", "--once")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("agents.a.comand is not known");
    configure("{\"agents\":{\"a\":{\"command\":\"claude -p\"}}}");
    assertThat(shell.call("worker", "--once")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("agents.a.command is a list of texts");
    configure("{\"agents\":{\"a\":{\"command\":[\"x\"]}},\"worker\":{\"agent\":\"b\"}}");
    assertThat(shell.call("worker", "--once")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("worker.agent names \"b\"");
  }
}
