package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.formats.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoriesTest {
  @TempDir Path home;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(home);
  }

  @Test
  void sweAgentActionsAndObservationsAreCallsAtTheirSteps() {
    desk.run(Desk.sample("trajectory/rock.traj"));

    List<Event> calls = desk.events("tool_call");
    assertThat(calls).extracting(e -> e.integer(Field.STEP)).containsExactlyInAnyOrder(steps(12));
    assertThat(calls)
        .extracting(e -> e.details().get("tool"))
        .contains("./rock", "decompile", "create", "edit", "python", "submit");
    // By SWE-agent's own words: the time-out of ./rock, and one wrong flag.
    assertThat(calls).filteredOn(e -> Boolean.FALSE.equals(e.get(Field.SUCCESS))).hasSize(2);
    assertThat(desk.only("agent_finished").get(Field.SUCCESS)).isEqualTo(true);
    assertThat(desk.only("user_prompt").text(Field.AGENT_NAME)).isNull();
  }

  @Test
  void demonstrationsWithoutStepsAreReadFromTheirMessages() {
    desk.run(Desk.sample("trajectory/function_calling_simple.traj"));

    assertThat(desk.events("tool_call"))
        .hasSize(5)
        .allMatch(e -> e.details().containsKey("output"))
        .extracting(e -> e.details().get("tool"))
        .contains("find_file", "open", "submit");
  }

  @Test
  void theReturnCodeDecidesInMiniSweAgent() {
    desk.run(Desk.sample("trajectory/github_issue.traj.json"));

    List<Event> calls = desk.events("tool_call");
    assertThat(calls).hasSize(10);
    assertThat(calls.getFirst().get(Field.SUCCESS)).isEqualTo(false);
    assertThat(calls.getFirst().details())
        .containsEntry("tool", "bash")
        .containsEntry("error_type", "exit_code_1");
    assertThat(String.valueOf(calls.getFirst().details().get("output"))).startsWith("cat: ");
    assertThat(calls)
        .filteredOn(e -> Boolean.FALSE.equals(e.get(Field.SUCCESS)))
        .extracting(e -> e.details().get("error_type"))
        .containsExactly("exit_code_1", "ZeroDivisionError");
  }

  @Test
  void openHandsObservationsJoinTheirActions() {
    desk.run(Desk.sample("trajectory/openhands-basic.json"));

    Event call = desk.only("tool_call");
    assertThat(call.details()).containsEntry("tool", "str_replace_editor");
    assertThat(call.get(Field.SUCCESS)).isEqualTo(true);
    assertThat(call.integer(Field.DURATION_MS)).isEqualTo(36);
    assertThat(desk.events("model_call"))
        .extracting(e -> e.details().get("input_tokens"), e -> e.details().get("output_tokens"))
        .containsExactlyInAnyOrder(tuple(4L, 1135L), tuple(6L, 177L));
  }

  @Test
  void whatThePersonSaidToOpenHandsIsAPrompt() {
    desk.run(Desk.sample("trajectory/openhands-interactions.json"));

    assertThat(desk.events("user_prompt"))
        .extracting(e -> e.details().get("text"))
        .containsExactly("what's 1+1?", "No, I mean by Goldbach's conjecture!", "Finish please");
  }

  @Test
  void atifStepsGiveCallsWithTheirResultsAndUsage() {
    desk.run(Desk.sample("trajectory/atif.json"));

    assertThat(desk.events("tool_call"))
        .extracting(e -> e.details().get("tool"))
        .containsExactlyInAnyOrder("process", "terminal", "search_files", "search_files");
    assertThat(desk.only("model_call").integer(Field.TOKENS_USED)).isEqualTo(8990);
    assertThat(desk.events("tool_call"))
        .allMatch(e -> "real-nemo-relay-session-redacted".equals(e.text(Field.SESSION_ID)));
  }

  @Test
  void atofScopesOnDifferentLinesAreOneCall() {
    ImportReport report = desk.run(Desk.sample("trajectory/atof.jsonl"));

    assertThat(report.lines()).isEqualTo(11);
    Event call = desk.only("tool_call");
    assertThat(call.get(Field.SUCCESS)).isEqualTo(true);
    assertThat(call.integer(Field.DURATION_MS)).isEqualTo(1000);
    assertThat(desk.only("human_clarification_needed").details())
        .containsEntry("reason", "approval");
    assertThat(desk.events("error")).hasSize(1);
  }

  @Test
  void aMultiAgentLogTellsWhoSaidAndRanWhatAndWhoHandedOver() {
    desk.run(Desk.sample("trajectory/failure-1.json"));

    assertThat(desk.events("tool_call"))
        .extracting(
            e -> e.text(Field.AGENT_NAME), e -> e.integer(Field.STEP), e -> e.get(Field.SUCCESS))
        .containsExactlyInAnyOrder(
            tuple("Excel_Expert", 0L, true), tuple("BusinessLogic_Expert", 2L, true));
    assertThat(desk.events("agent_transition"))
        .extracting(e -> e.details().get("from_agent"), e -> e.details().get("to_agent"))
        .containsExactly(
            tuple("Excel_Expert", "BusinessLogic_Expert"),
            tuple("BusinessLogic_Expert", "DataVerification_Expert"));
    assertThat(desk.only("task_outcome").get(Field.SUCCESS)).isEqualTo(false);
  }

  @Test
  void theLabelsOfAFailureLogAreNoEvents() {
    desk.run(Desk.sample("trajectory/failure-1.json"));

    assertThat(desk.events().toString()).doesNotContain("mistake", "edge cases", "ground_truth");
  }

  @Test
  void geminiChatsGivePromptsCallsAndUsage() {
    desk.run(Desk.sample("gemini/chat.json"));

    assertThat(desk.events("user_prompt")).hasSize(2);
    assertThat(desk.events("tool_call"))
        .allMatch(e -> Boolean.TRUE.equals(e.get(Field.SUCCESS)))
        .extracting(e -> e.details().get("tool"))
        .contains("read_file");
    assertThat(desk.events("model_call").getFirst().details())
        .containsEntry("input_tokens", 12874L)
        .containsEntry("output_tokens", 49L);
  }

  @Test
  void everyRunInAFolderIsRecognisedAndCopiesAddNothing() throws IOException {
    ImportReport first = desk.run(Desk.sample("trajectory"));
    Map<String, Map<String, String>> before = desk.content();

    assertThat(first.files()).isEqualTo(9);
    assertThat(first.quarantined()).isZero();
    for (Path file : files(Desk.sample("trajectory"))) {
      Path copy = desk.file("copies/x" + file.getFileName(), Files.readAllBytes(file));
      Files.setLastModifiedTime(copy, Files.getLastModifiedTime(file));
      ImportReport again = desk.run(copy);
      assertThat(again.imported()).as(file.toString()).isZero();
    }
    assertThat(Desk.difference(before, desk.content())).isEmpty();
    assertThat(desk.run(Desk.sample("trajectory")).lines()).isZero();
  }

  @Test
  void aRunThatGrewInItsFileIsTheSameRun() throws IOException {
    String whole = Files.readString(Desk.sample("trajectory/openhands-interactions.json"));
    JsonNode all = new ObjectMapper().readTree(whole);
    ArrayNode some = new ObjectMapper().createArrayNode();
    for (int i = 0; i < 4; i++) {
      some.add(all.get(i));
    }
    String part = some.toString();
    whole = all.toString();
    desk.run(desk.file("run.json", part));
    assertThat(desk.events("user_prompt")).hasSize(2);

    desk.run(desk.file("run.json", whole));

    assertThat(desk.events("user_prompt")).hasSize(3);
    assertThat(desk.events("session_started")).hasSize(1);
  }

  @Test
  void aTornDocumentAndOneOfNoKnownFormGoToQuarantineWithTheReason() throws IOException {
    String whole = Files.readString(Desk.sample("trajectory/failure-93.json"));
    desk = desk.with(ImportOptions.defaults().as(Formats.TRAJECTORY));
    Path file = desk.file("torn.json", whole.substring(0, whole.length() / 2));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

    ImportReport torn = desk.run(file);
    ImportReport other = desk.run(desk.file("other.json", "{\"name\": \"left-pad\"}"));

    assertThat(torn.quarantined() + other.quarantined()).isEqualTo(2);
    assertThat(String.join("", desk.setAside()))
        .contains("not a complete JSON document", "not a run of a known form");
    assertThat(desk.events()).isEmpty();
  }

  @Test
  void aDocumentThatIsWrittenJustNowWaitsAndLeavesNothingBehind() throws IOException {
    byte[] whole = Files.readAllBytes(Desk.sample("gemini/chat.json"));
    for (int part = 1; part < 8; part++) {
      desk.run(desk.file("chat.json", Arrays.copyOf(whole, whole.length * part / 8)));
    }
    assertThat(desk.setAside()).isEmpty();

    Path old = desk.file("chat.json", Arrays.copyOf(whole, whole.length - 9));
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    desk.run(old);
    assertThat(desk.setAside()).hasSize(1);

    desk.run(desk.file("chat.json", whole));

    assertThat(desk.setAside()).isEmpty();
    assertThat(desk.events("user_prompt")).hasSize(2);
  }

  @Test
  void otherJsonInAFolderIsLeftAlone() {
    desk.file("package.json", "{\"name\": \"left-pad\", \"time\": \"2026-01-01T00:00:00Z\"}");
    desk.file("run/a.jsonl", Desk.lines(0, 2));

    ImportReport report = desk.run(home.resolve("in"));

    assertThat(report.files()).isEqualTo(1);
    assertThat(report.quarantined()).isZero();
  }

  private static Long[] steps(int count) {
    Long[] steps = new Long[count];
    for (int i = 0; i < count; i++) {
      steps[i] = (long) i;
    }
    return steps;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> Objects.nonNull(file.getFileName())).sorted().toList();
    }
  }
}
