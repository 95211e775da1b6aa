package dev.flightlog.home.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.Shipper;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.recorder.FlightRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts are planted wherever an agent may write some, and looked for in all tables of the server.
 */
class ContentStaysTest {
  private static final String PLANTED = "zebrafinch";

  @TempDir Path folder;

  private static void recordTexts(Home home) {
    try (FlightRecorder recorder = FlightRecorder.open(home.recorderConfig().ring(0))) {
      recorder
          .toolCall("Bash")
          .session("s1")
          .detail("input", "cat " + PLANTED)
          .detail("output", "the " + PLANTED + " of Anna")
          .detail("error_type", "exit_code_1")
          .detail("message", PLANTED + " failed")
          .success(false)
          .log();
      recorder.event("decision", Category.DECISION).session("s1").detail("the " + PLANTED, 1).log();
      recorder.event("note", Category.DECISION).session("s1").detail("text", PLANTED).log();
    }
  }

  private static Path transcript(Path folder) throws Exception {
    Path file = folder.resolve("claude/" + PLANTED + "/s2.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"type":"user","uuid":"u1","timestamp":"2026-05-01T10:00:00Z","sessionId":"s2","cwd":"/w/p","message":{"role":"user","content":"tell zebrafinch to nobody"}}
        {"type":"assistant","uuid":"a1","timestamp":"2026-05-01T10:00:02Z","sessionId":"s2","cwd":"/w/p","requestId":"r1","message":{"id":"m1","model":"claude-sonnet-4-5","role":"assistant","content":[{"type":"text","text":"zebrafinch it is"},{"type":"tool_use","id":"t1","name":"Bash","input":{"command":"echo zebrafinch"}}],"usage":{"input_tokens":7,"output_tokens":3}}}
        {"type":"user","uuid":"u2","timestamp":"2026-05-01T10:00:03Z","sessionId":"s2","cwd":"/w/p","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","is_error":true,"content":"Exit code 1 zebrafinch"}]}}
        {"type":"assistant","uuid":"a2","timestamp":"2026-05-01T10:00:04Z","sessionId":"s2","cwd":"/w/p","requestId":"r2","message":{"id":"m2","model":"claude-sonnet-4-5","role":"assistant","content":[{"type":"tool_use","id":"t2","name":"Read","input":{"file_path":"/zebrafinch.txt"}}],"usage":{"input_tokens":7,"output_tokens":3}}}
        """);
    return folder.resolve("claude");
  }

  /** Tables of the database in which the text stands, with how often. */
  private static String found(Team team) {
    StringBuilder found = new StringBuilder();
    String tables =
        team.node.query(
            "SELECT name FROM system.tables WHERE database = '"
                + team.database
                + "' AND engine NOT LIKE '%View'");
    for (String table : tables.lines().toList()) {
      String count =
          team.node.query(
              "SELECT countIf(positionCaseInsensitive(formatRow('JSONEachRow', *), '"
                  + PLANTED
                  + "') > 0) FROM "
                  + team.database
                  + "."
                  + table);
      if (!count.equals("0")) {
        found.append(table).append(' ').append(count).append('\n');
      }
    }
    return found.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"home", "none"})
  void noTextReachesAnyTableOfTheServerAndTheFiguresDo(String content) throws Exception {
    Team team = Team.in(folder);
    Home full = team.machine("plain", "FLIGHTLOG_CAPTURE_CONTENT", "full");
    recordTexts(full);
    Home anna = team.machine("anna", "FLIGHTLOG_CAPTURE_CONTENT", content);
    // What was recorded before the setting was made is in the journal, and stays there.
    Files.createDirectories(anna.path());
    try (Stream<Path> journals = Files.list(full.path())) {
      for (Path journal : journals.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        Files.copy(journal, anna.path().resolve(journal.getFileName()));
      }
    }
    Path transcripts = transcript(folder);
    try (Index index = Index.open(anna)) {
      index.importFrom(List.of(transcripts), anna.importOptions(), ImportListener.NONE);
      index.takeInJournals();
      index.learn(Digest.Progress.NONE);
    }
    new Shipper(anna).once();
    assertThat(found(team)).isEmpty();
    assertThat(team.count("d_error_type = 'exit_code_1'")).isEqualTo(2);
    assertThat(team.count("event_type = 'tool_call'")).isEqualTo(3);
    assertThat(team.count("d_input_tokens = 7")).isEqualTo(2);
    assertThat(team.count("event_type = 'user_prompt'")).isEqualTo(1);
    // Read again from where it stopped: the positions can be read by the machine that keeps them.
    assertThat(new Shipper(anna).once().lines()).isZero();
    recordTexts(full);
    new Shipper(full).once();
    assertThat(found(team)).as("the search finds what is there").contains("events");
  }

  @Test
  void journalsAtHomeKeepTheTexts() throws Exception {
    Team team = Team.in(folder);
    Home anna = team.machine("anna", "FLIGHTLOG_CAPTURE_CONTENT", "home");
    recordTexts(anna);
    try (Stream<Path> journals = Files.list(anna.path())) {
      Path journal =
          journals.filter(each -> each.toString().endsWith(".jsonl")).findFirst().orElseThrow();
      assertThat(Files.readString(journal)).contains("the " + PLANTED + " of Anna");
    }
  }
}
