package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking back at a week, moving old weeks on, and deleting a session, from the command line. */
class ReviseCommandTest {
  @TempDir Path user;
  private Shell shell;
  private Path home;

  @BeforeEach
  void record() throws IOException {
    shell = new Shell(user);
    home = user.resolve(".flightlog");
    Files.createDirectories(home);
    LocalDate today = LocalDate.ofInstant(shell.now, ZoneOffset.UTC);
    for (int week = 1; week <= 6; week++) {
      LocalDate day = today.minusWeeks(week);
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        boolean failed = i % 3 == 0;
        lines
            .append(
                "{\"id\":\"01K5A1B2C3D4E5F6G7H8J9"
                    + (char) ('A' + week)
                    + "0"
                    + (char) ('A' + i % 8)
                    + (i / 8))
            .append(
                "\",\"timestamp\":\""
                    + day
                    + "T10:"
                    + (10 + i)
                    + ":00Z\",\"event_type\":\"tool_call\",")
            .append(
                "\"category\":\""
                    + (failed ? "error" : "execution")
                    + "\",\"session_id\":\"w"
                    + week
                    + "\",")
            .append("\"story_id\":\"1.2\",\"success\":" + !failed + ",\"duration_ms\":900,")
            .append("\"details\":{\"tool\":\"Bash\",\"input\":{\"command\":\"make " + i + "\"}")
            .append(
                failed
                    ? ",\"error_type\":\"timeout\",\"message\":\"gave up after 9 s\"}}\n"
                    : "}}\n");
      }
      Files.writeString(
          home.resolve("story_1.2_" + day.toString().replace("-", "") + ".jsonl"), lines);
    }
  }

  private String asked(String... words) {
    assertThat(shell.call(words)).as(shell.err).isZero();
    return shell.out;
  }

  @Test
  void aDryRunWritesNoReportAndNoEvent() {
    assertThat(asked("revise", "--dry-run"))
        .startsWith("# Week ")
        .contains("## What changed", "## What to decide now", "flightlog archive run");
    assertThat(home.resolve("revisions")).doesNotExist();
    assertThat(asked("sql", "SELECT count(*) AS n FROM events WHERE category = 'learning'"))
        .contains("0");
  }

  @Test
  void aWeekIsRevisedOnceAndWhatItTeachesBecomesEvents() throws IOException {
    String page = asked("revise");
    try (Stream<Path> files = Files.list(home.resolve("revisions"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .hasSize(2)
          .allMatch(name -> name.endsWith(".json") || name.endsWith(".md"));
    }
    assertThat(asked("revise")).isEqualTo(page);
    assertThat(shell.err).contains("was revised before");
    assertThat(
            asked(
                "sql",
                "SELECT sum(pattern_detected) AS p, min(impact_score) AS i, sum(needs_review) AS r,"
                    + " min(time_saved_or_wasted_ms) AS t FROM events WHERE event_type = 'pattern_detected'",
                "--format",
                "csv"))
        .isEqualTo("p,i,r,t\n1,1.0,0,-3600\n");
    assertThat(home.resolve("archive")).doesNotExist();
  }

  @Test
  void withAutoRunItArchivesToo() throws IOException {
    Files.writeString(home.resolve("config.json"), "{\"revision\":{\"auto_run\":true}}");
    assertThat(asked("revise")).contains("went into archives");
    assertThat(home.resolve("archive")).isNotEmptyDirectory();
    assertThat(asked("ask", "errors")).contains("24");
    assertThat(asked("archive", "list", "--format", "csv")).contains("cold", "warm");
    assertThat(asked("archive", "verify")).doesNotContain("false");
  }

  @Test
  void anAnswerSaysWhatItWasMadeWithout() {
    asked("archive", "run");
    assertThat(asked("ask", "slowest", "--max-tokens", "400"))
        .contains("Made without the texts of", "archive thaw WEEK");
    asked("sql", "SELECT count(*) AS n FROM events");
    assertThat(shell.err).contains("are archived and not looked at here", "archive thaw 20");
  }

  @Test
  void aWeekThatIsNoneOrInTheFutureIsRefused() {
    assertThat(shell.call("revise", "--week", "2031-W02")).isEqualTo(CommandException.USAGE);
    assertThat(shell.err).contains("2031-W02 lies in the future");
    assertThat(shell.call("revise", "--week", "38")).isEqualTo(CommandException.USAGE);
    assertThat(shell.call("archive", "thaw")).isEqualTo(CommandException.USAGE);
    assertThat(shell.call("archive", "freeze")).isEqualTo(CommandException.USAGE);
  }

  @Test
  void aDeletedSessionIsGoneFromEveryFileAndStaysAway() throws IOException {
    asked("archive", "run");
    assertThat(asked("delete", "--session", "w6", "--format", "json"))
        .isEqualTo(
            "{\"session_id\":\"w6\",\"events\":12,\"journal_lines\":0,\"archive_lines\":12}\n");
    assertThat(asked("ask", "errors")).contains("20");
    asked("reindex");
    assertThat(asked("ask", "errors")).contains("20");
    assertThat(shell.call("delete")).isEqualTo(CommandException.USAGE);
  }

  @Test
  void aSessionThatIsNotThereIsNotDeletedAndNotNoted() {
    assertThat(shell.call("delete", "--session", "w")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("there is no session 'w'", "flightlog ask sessions");
    assertThat(shell.out).isEmpty();
    asked("delete", "--session", "w1");
    assertThat(asked("delete", "--session", "w1")).contains("0 events of the index");
  }

  @Test
  void anIndexThatIsLostIsBuiltAnewFromArchives() throws IOException {
    asked("archive", "run");
    for (String name : List.of("events_index.db", "events_index.db-wal")) {
      Files.deleteIfExists(home.resolve(name));
    }
    asked("reindex");
    assertThat(asked("sql", "SELECT count(*) AS n FROM events WHERE event_type = 'tool_call'"))
        .contains("72");
  }
}
