package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.cli.command.CommandException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void openShell() {
    shell = new Shell(user);
  }

  @Test
  void whatIsRecordedIsFoundByEveryOtherCommand() throws IOException {
    assertThat(
            shell.call(
                "record",
                "deploy_finished",
                "--story",
                "1.2",
                "--agent",
                "ops",
                "--field",
                "duration_ms=4200",
                "--field",
                "note=to the moon"))
        .as(shell.err)
        .isZero();
    assertThat(shell.call("search", "the moon")).as(shell.err).isZero();
    assertThat(shell.out).contains("1.2", "ops", "deploy_finished", "4200 ms");
    assertThat(shell.call("tail", "--format", "json")).isZero();
    JsonNode event = JACKSON.readTree(shell.out).get(0);
    assertThat(event.get("event_type").asText()).isEqualTo("deploy_finished");
    assertThat(event.get("details").get("note").asText()).isEqualTo("to the moon");
    assertThat(shell.call("sql", "SELECT story_id, duration_ms FROM events", "--format", "csv"))
        .isZero();
    assertThat(shell.out).isEqualTo("story_id,duration_ms\n1.2,4200\n");
    assertThat(shell.call("ask", "agents", "--story", "1.2")).isZero();
    assertThat(shell.out).contains("ops");
  }

  @Test
  void helpIsAlsoAWord() throws IOException {
    assertThat(shell.call("help")).isZero();
    assertThat(shell.out).startsWith("Usage: flightlog COMMAND");
    assertThat(shell.call("help", "task")).isZero();
    assertThat(shell.out).startsWith("Usage: flightlog task");
  }

  @Test
  void anImportIsCountedAndASecondOneChangesNothing() throws IOException {
    Path file = shell.transcript("one", "Exit code 2\nmake: no rule");
    Path folder = user.resolve("projects");
    assertThat(shell.call("import", folder.toString(), "--format", "json")).as(shell.err).isZero();
    JsonNode first = JACKSON.readTree(shell.out);
    assertThat(first.get("files").asInt()).isEqualTo(1);
    assertThat(first.get("lines").asInt()).isEqualTo(2);
    assertThat(first.get("sessions").asInt()).isEqualTo(1);
    assertThat(first.get("quarantined").asInt()).isZero();
    assertThat(shell.call("import", file.toString(), "--format", "json")).isZero();
    assertThat(JACKSON.readTree(shell.out).get("imported").asInt()).isZero();
    assertThat(shell.call("ask", "errors")).isZero();
    assertThat(shell.out).contains("Bash").contains("exit_code_2");
  }

  @Test
  void aLineThatIsNoEventIsSetAsideAndTheExitCodeSaysSo() throws IOException {
    Path file = shell.transcript("torn", "Exit code 1");
    Files.writeString(file, Files.readString(file).replaceFirst("\n", "\nthis is no JSON\n"));
    assertThat(shell.call("import", file.toString())).isEqualTo(CommandException.SET_ASIDE);
    assertThat(shell.out).contains("1 piece");
    assertThat(shell.call("ask", "tools")).isZero();
    assertThat(shell.out).contains("Bash");
  }

  @Test
  void theListOfQuestionsHasTheStableShape() throws IOException {
    assertThat(shell.call("ask", "--format", "json")).isZero();
    JsonNode list = JACKSON.readTree(shell.out);
    assertThat(list).isNotEmpty();
    for (JsonNode question : list) {
      assertThat(question.fieldNames())
          .toIterable()
          .containsExactly("question", "title", "arguments", "budget");
    }
    assertThat(shell.call("ask", "errors", "--format", "json")).isZero();
    assertThat(JACKSON.readTree(shell.out).fieldNames())
        .toIterable()
        .containsExactly("question", "window", "rows", "omitted", "tokens", "budget", "elapsed_ms");
  }

  @Test
  void aMistakeInTheWordsIsExplainedWithExitCode2() {
    assertThat(shell.call("ask", "eror")).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("errors");
    assertThat(shell.call("ask", "errors", "--since", "yesterdayish"))
        .isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("yesterdayish").contains("7d");
    assertThat(shell.call("ask", "compare", "a")).isEqualTo(CommandException.USAGE);
    assertThat(shell.call("aks")).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("ask");
    assertThat(shell.call("search")).isEqualTo(CommandException.USAGE);
    assertThat(shell.call("record", "Deploy Finished")).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("deploy_finished");
    assertThat(shell.call("record", "x", "--field", "success=maybe"))
        .isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("true or false");
    assertThat(shell.call("tail", "--category", "gossip")).isEqualTo(CommandException.USAGE);
    assertThat(shell.call()).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("quickstart");
  }

  @Test
  void anEmptyPathIsNotTheCurrentFolder() {
    for (List<String> words :
        List.of(
            List.of("import", ""),
            List.of("import", "x", " "),
            List.of("ask", "errors", "--home", ""),
            List.of("quickstart", "--from", ""),
            List.of("quickstart", "--from="))) {
      assertThat(shell.call(words.toArray(String[]::new))).as("%s", words).isEqualTo(2);
      assertThat(shell.err).contains("is empty").contains("the current folder is '.'");
    }
  }

  @Test
  void whatCannotBeReadIsNamedWithExitCode1() throws IOException {
    assertThat(shell.call("import", user.resolve("nowhere").toString()))
        .isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("nowhere");
    Path empty = Files.createDirectories(user.resolve("empty"));
    assertThat(shell.call("import", empty.toString())).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("empty");
    assertThat(shell.call("sql", "DELETE FROM events")).isEqualTo(CommandException.FAILED);
    assertThat(shell.call("sql", "SELECT nonsense FROM events")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("nonsense").doesNotContain("\tat ");
    Path blocked = Files.writeString(user.resolve("file"), "");
    assertThat(shell.call("ask", "errors", "--home", blocked.resolve("home").toString()))
        .isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("--home");
  }

  @Test
  void aBrokenConfigurationIsNamedWithItsLine() throws IOException {
    Files.createDirectories(shell.home);
    Files.writeString(
        shell.home.resolve("config.json"),
        "{\n  \"logging\": {\n    \"current_story\" \"1.2\"\n  }\n}\n");
    assertThat(shell.call("ask", "errors")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("config.json, line 3");
    Files.writeString(shell.home.resolve("config.json"), "{\"logging\":{\"thread_safe\":false}}");
    assertThat(shell.call("ask", "errors")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("logging.thread_safe");
    assertThat(shell.call("doctor")).isEqualTo(CommandException.FAILED);
  }

  @Test
  void settingsComeFromTheFileAndTheEnvironmentBeatsIt() throws IOException {
    Files.createDirectories(shell.home);
    Files.writeString(
        shell.home.resolve("config.json"),
        "{\"logging\":{\"current_story\":\"from-file\",\"base_path\":\"journals\"}}");
    assertThat(shell.call("record", "a")).as(shell.err).isZero();
    assertThat(
            Files.list(shell.home.resolve("journals")).map(path -> path.getFileName().toString()))
        .anyMatch(name -> name.startsWith("story_from-file_"));
    shell.environment.put("FLIGHTLOG_LOGGING_CURRENT_STORY", "from-env");
    assertThat(shell.call("record", "b")).isZero();
    assertThat(
            shell.call("sql", "SELECT story_id FROM events ORDER BY event_type", "--format", "csv"))
        .isZero();
    assertThat(shell.out).contains("from-file", "from-env");
  }

  @Test
  void aDamagedIndexIsMovedAsideAndBuiltAnew() throws IOException {
    Path file = shell.transcript("one", "Exit code 2");
    assertThat(shell.call("import", file.toString())).isZero();
    assertThat(shell.call("record", "kept")).isZero();
    assertThat(shell.call("ask", "errors")).isZero();
    String before = shell.out;
    Path index = shell.home.resolve("events_index.db");
    try (FileChannel channel = FileChannel.open(index, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[512]), 0);
    }
    assertThat(shell.call("ask", "errors")).as(shell.err).isZero();
    assertThat(shell.err).contains("damaged");
    assertThat(shell.out).isEqualTo(before);
    assertThat(shell.call("doctor")).as(shell.out).isZero();
  }

  @Test
  void reindexingKeepsWhatHasNoSourceAnyMore() throws IOException {
    Path gone = shell.transcript("gone", "Exit code 2");
    Path there = shell.transcript("there", "Exit code 3");
    assertThat(shell.call("import", gone.toString(), there.toString())).isZero();
    assertThat(shell.call("record", "own_event")).isZero();
    assertThat(
            shell.call("sql", "SELECT count(*), sum(tokens_used) FROM events", "--format", "csv"))
        .isZero();
    String before = shell.out;
    Files.delete(gone);
    assertThat(shell.call("reindex")).as(shell.err).isZero();
    assertThat(
            shell.call("sql", "SELECT count(*), sum(tokens_used) FROM events", "--format", "csv"))
        .isZero();
    assertThat(shell.out).isEqualTo(before);
    assertThat(shell.call("import", there.toString(), "--format", "json")).isZero();
    assertThat(shell.out).contains("\"imported\":0");
  }

  @Test
  void quickstartWithoutSessionsShowsBundledOnes() {
    assertThat(shell.call("quickstart")).as(shell.err).isZero();
    assertThat(shell.out).contains("bundled", "WHAT FAILED MOST", "Bash", "$", "NEXT");
    assertThat(shell.call("quickstart", "--no-serve")).isZero();
    assertThat(shell.out).contains("0 new events");
  }

  @Test
  void quickstartReadsOnesOwnSessionsWhenThereAreSome() throws IOException {
    Path file = shell.transcript("mine", "Exit code 7");
    shell.environment.put("CLAUDE_CONFIG_DIR", user.toString());
    assertThat(shell.call("quickstart")).as(shell.err).isZero();
    assertThat(shell.out).contains("your Claude Code sessions").contains("exit_code_7");
    assertThat(file).exists();
  }

  @Test
  void globalOptionsMayStandAnywhere() throws IOException {
    String other = user.resolve("other").toString();
    assertThat(shell.call("--home", other, "record", "a")).as(shell.err).isZero();
    assertThat(shell.call("tail", "--format", "json", "--home", other)).isZero();
    assertThat(JACKSON.readTree(shell.out)).hasSize(1);
    assertThat(shell.home).doesNotExist();
  }

  @Test
  void everythingInTheHomeIsForItsOwnerOnly() throws IOException {
    assertThat(shell.call("import", shell.transcript("one", "Exit code 2").toString())).isZero();
    assertThat(shell.call("record", "a")).isZero();
    assertThat(shell.call("ask", "errors")).isZero();
    try (var files = Files.walk(shell.home)) {
      assertThat(files)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .as(file.toString())
                  .endsWith("------"));
    }
  }

  @Test
  void everyCommandExplainsItself() {
    for (String command : Commands.ALL.keySet()) {
      assertThat(shell.call(command, "--help")).isZero();
      assertThat(shell.out).contains("Example").contains("flightlog " + command);
    }
    assertThat(shell.call("--help")).isZero();
    assertThat(shell.out).contains(Commands.ALL.keySet());
  }
}
