package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.server.tokens.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that commit 65c0c4d made: see the README beside the archive. */
class OldHomeTest {
  private static final String TOKEN = "flt_6S1755CmEzanqABEn0klIEiZanzhdWCm4R9TmulUsXc";
  private static final String QUEUED = "task-64rrqfgg2vyxvphqce3tdy4pzg";
  private static final String PARKED = "task-2nj71cqn043p2h3zdtwk6e3qbw";
  private static final String WEBHOOK = "task-1xqjfhnfw2b1k630jaw6cpfkz7";

  @TempDir Path user;
  private Shell shell;

  @BeforeEach
  void unpack() throws IOException {
    shell = new Shell(user);
    shell.now = Instant.parse("2026-12-01T00:00:00Z");
    try (InputStream file =
            Objects.requireNonNull(OldHomeTest.class.getResourceAsStream("home-65c0c4d.zip"));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path to = shell.home.resolve(entry.getName());
        Files.createDirectories(to.getParent());
        Files.copy(zip, to);
      }
    }
  }

  private String asked(String... words) {
    assertThat(shell.call(words)).as(shell.err).isZero();
    return shell.out;
  }

  @Test
  void itsIndexAnswersAsBefore() {
    assertThat(
            asked(
                "sql",
                "SELECT event_type, count(*) FROM events GROUP BY 1 ORDER BY 1",
                "--format",
                "csv"))
        .isEqualToIgnoringNewLines(
            """
            event_type,count(*)
            agent_finished,5
            agent_started,5
            build,2
            decision,1
            deploy_finished,1
            error,1
            model_call,27
            session_started,2
            task_outcome,2
            task_request,4
            task_status,8
            tool_call,33
            webhook_stage,6
            """);
    assertThat(asked("ask", "tokens", "--format", "json"))
        .contains("\"calls\":27", "\"input_tokens\":222", "\"output_tokens\":4582")
        .contains("\"cache_read_tokens\":427478", "\"cache_write_tokens\":60445");
    assertThat(asked("ask", "errors", "--format", "json", "--max-tokens", "2000"))
        .contains("\"error_type\":\"timeout\"", "\"error_type\":\"file_not_read\"");
    assertThat(asked("search", "no answer from db", "--format", "json"))
        .contains("01M8GY6MFCWPH4WPQCYX0VF3WV");
  }

  @Test
  void reindexKeepsWhatHasNoSourceAnyMore() {
    asked("reindex");
    // What agents said is read now; it was not by the version that made this home.
    assertThat(
            asked(
                "sql",
                "SELECT count(*) FROM events WHERE event_type <> 'agent_message'",
                "--format",
                "csv"))
        .isEqualToIgnoringNewLines("count(*)\n97\n");
  }

  @Test
  void itsTasksQueueAndTokensGoOn() {
    assertThat(asked("task", "list", "--format", "json"))
        .contains("\"task_id\":\"" + QUEUED + "\"", "\"task_id\":\"" + WEBHOOK + "\"")
        .contains("\"status\":\"parked\"", "\"status\":\"succeeded\"");
    asked("task", "retry", PARKED);
    asked("worker", "--once");
    assertThat(asked("task", "show", QUEUED)).contains("status: succeeded");
    assertThat(asked("task", "show", WEBHOOK)).contains("status: succeeded", "issue_number");
    assertThat(asked("task", "show", PARKED)).contains("status: parked");
    assertThat(Tokens.inHome(shell.home).knows(TOKEN)).isTrue();
    assertThat(asked("serve", "--tokens")).contains("laptop");
  }

  /** The home lay elsewhere when its marks were made; here it is as if it had always lain here. */
  @Test
  void itsMarksSayHowFarEachFileWasRead() throws IOException, SQLException {
    String journal = "story_old-story_20261128.jsonl";
    try (Connection index =
            DriverManager.getConnection("jdbc:sqlite:" + shell.home.resolve("events_index.db"));
        Statement statement = index.createStatement()) {
      statement.execute(
          "UPDATE marks SET key = replace(key, '/tmp/home/old/', '" + shell.home + "/')");
    }
    assertThat(asked("import", shell.home.resolve(journal).toString()))
        .contains("0 new events from 0 lines");
    Files.writeString(
        shell.home.resolve(journal),
        "{\"id\":\"01M8GY6MFCWPH4WPQCYX0VF3WW\",\"timestamp\":\"2026-11-29T10:00:00.000Z\","
            + "\"event_type\":\"build\",\"category\":\"execution\"}\n",
        StandardOpenOption.APPEND);
    assertThat(asked("import", shell.home.resolve(journal).toString()))
        .contains("1 new event from 1 line");
  }

  @Test
  void itsDeliveriesAreKnownAgainAndNewOnesAreTaken() throws Exception {
    String secret = "It's a Secret to Everybody";
    String comment =
        "{\"action\":\"created\",\"comment\":{\"id\":%d,\"body\":\"@bot again\",\"user\":{\"login\":\"me\","
            + "\"type\":\"User\"},\"author_association\":\"OWNER\"},\"issue\":{\"number\":1},"
            + "\"repository\":{\"full_name\":\"me/project\"},\"sender\":{\"type\":\"User\"}}";
    try (ServeProcess server = new ServeProcess(shell.home, secret, user.resolve("err"))) {
      assertThat(server.comment(comment.formatted(1), secret, "d-1")).contains("duplicate");
      assertThat(server.comment(comment.formatted(2), secret, "d-2")).contains("accepted");
    }
  }

  @Test
  void doctorKnowsItsQuarantine() {
    shell.call("doctor", "--format", "json");
    assertThat(shell.out).contains("1 piece set aside");
  }

  @Test
  void aNewerIndexIsRefusedInWords() throws SQLException {
    try (Connection index =
            DriverManager.getConnection("jdbc:sqlite:" + shell.home.resolve("events_index.db"));
        Statement statement = index.createStatement()) {
      statement.execute("PRAGMA user_version = 9999");
    }
    assertThat(shell.call("ask", "errors")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("newer").doesNotContain("at dev.flightlog");
  }
}
