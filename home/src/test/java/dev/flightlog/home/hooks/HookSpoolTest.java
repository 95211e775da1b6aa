package dev.flightlog.home.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookSpoolTest {
  private static final Instant THEN = Instant.parse("2026-11-28T10:00:00Z");
  private static final String SECRET = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a";
  @TempDir Path folder;
  private Home home;
  private Path spool;

  @BeforeEach
  void aHomeWithASpool() throws IOException {
    home = Home.open(folder.resolve("home"), Map.of());
    spool = Files.createDirectories(HookFolder.of(home).spool());
  }

  private void left(String name, Instant at, String text) throws IOException {
    Path file = Files.writeString(spool.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(at));
  }

  private static String hook(String event, String more) {
    return "{\"session_id\":\"s1\",\"cwd\":\"/srv/shop\",\"prompt_id\":\"p1\",\"hook_event_name\":\""
        + event
        + "\""
        + more
        + "}\n";
  }

  private static String call(String event, String more) {
    return hook(event, ",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"make\"}" + more);
  }

  private List<Event> events() {
    try (Index index = Index.open(home)) {
      index.takeInJournals();
      try (Answer answer = index.store().read(ReadRequest.oldestFirst(Filter.EVERYTHING))) {
        List<Event> all = new ArrayList<>();
        answer.events().forEach(all::add);
        return all;
      }
    }
  }

  private static Event one(List<Event> events, String type) {
    return events.stream().filter(each -> each.eventType().equals(type)).findFirst().orElseThrow();
  }

  @Test
  void whatHooksLeftIsInTheNextAnswerAtItsTimeAndGoneFromTheFolder() throws IOException {
    left("claude-1.json", THEN, call("PreToolUse", ",\"tool_use_id\":\"t1\""));
    left(
        "claude-0.json",
        THEN.plusSeconds(3),
        call(
            "PostToolUse",
            ",\"tool_use_id\":\"t1\",\"tool_response\":{\"stdout\":\"ok\",\"stderr\":\"\"},\"duration_ms\":1000"));
    Event done = one(events(), "tool_call");
    assertThat(done.timestamp()).isEqualTo(THEN);
    assertThat(done.integer(Field.DURATION_MS)).isEqualTo(3000);
    assertThat(done.flag(Field.SUCCESS)).isTrue();
    assertThat(done.text(Field.PROJECT)).isEqualTo("shop");
    assertThat(done.detailNumber("waiting_ms")).isEqualTo(0L);
    try (Stream<Path> files = Files.list(spool)) {
      assertThat(files).isEmpty();
    }
    assertThat(events()).hasSize(2);
  }

  @Test
  void aStateThatIsNoneAnyMoreIsForgottenAndHooksAreTakenUpAllTheSame() throws IOException {
    for (String odd :
        List.of("[]", "{", "null", "{\"claude\":{\"asked\":{\"k\":\"never\"}}}", "7")) {
      Files.writeString(HookFolder.of(home).state(), odd);
      left("claude-1.json", THEN, call("PreToolUse", ",\"tool_use_id\":\"t1\""));
      assertThat(one(events(), "tool_call").timestamp()).as(odd).isEqualTo(THEN);
      assertThat(spool.resolve("claude-1.json")).as(odd).doesNotExist();
    }
  }

  @Test
  void whoIsWaitedForIsKnownUntilTheCallGoesOnAlsoInAnotherProcess() throws IOException {
    left("claude-1.json", THEN, call("PreToolUse", ",\"tool_use_id\":\"t1\""));
    left("claude-2.json", THEN.plusSeconds(1), call("PermissionRequest", ""));
    Event asked = one(events(), "human_clarification_needed");
    assertThat(asked.detail("reason")).isEqualTo("permission");
    assertThat(asked.detail("tool")).isEqualTo("Bash");
    assertThat(asked.integer(Field.DURATION_MS)).isNull();
    left(
        "claude-3.json",
        THEN.plusSeconds(10),
        call(
            "PostToolUseFailure",
            ",\"tool_use_id\":\"t1\",\"error\":\"Exit code 2\\nno rule\",\"duration_ms\":2000"));
    List<Event> after = events();
    Event answered = one(after, "human_clarification_needed");
    assertThat(answered.integer(Field.DURATION_MS)).isEqualTo(7000);
    assertThat(answered.detail("answer")).isEqualTo("accept");
    Event failed = one(after, "tool_call");
    assertThat(failed.detail("error_type")).isEqualTo("exit_code_2");
    assertThat(failed.detailNumber("waiting_ms")).isEqualTo(7000L);
  }

  @Test
  void whatIsCutOffWaitsForItsEndAndIsThenSetAsideWithoutItsSecrets() throws IOException {
    String whole = hook("UserPromptSubmit", ",\"prompt\":\"use " + SECRET + "\"");
    String cut = whole.substring(0, whole.length() - 3);
    left("claude-1.json", Instant.now(), cut);
    assertThat(events()).isEmpty();
    assertThat(spool.resolve("claude-1.json")).exists();
    left("claude-1.json", THEN, cut);
    left("claude-2.json", THEN, "[1]");
    left("emacs-3.json", THEN, whole);
    left("claude-4.json", THEN, whole);
    assertThat(one(events(), "user_prompt").detail("text")).doesNotContain(SECRET);
    try (Stream<Path> files = Files.list(spool)) {
      assertThat(files).isEmpty();
    }
    String aside = Files.readString(home.path().resolve("quarantine/hooks.jsonl"));
    assertThat(aside.lines()).hasSize(3);
    assertThat(aside).contains("stopped while it wrote").doesNotContain(SECRET);
    try (Stream<Path> files = Files.list(home.journals())) {
      for (Path each : files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
        assertThat(Files.readString(each)).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void anEventThatNobodyKnowsIsKeptUnderItsName() throws IOException {
    left("claude-1.json", THEN, hook("FutureThing", ",\"level\":3,\"name\":\"x\""));
    left("gemini-2.json", THEN, hook("BeforeTool", ",\"tool_name\":\"read_file\""));
    List<Event> all = events();
    assertThat(one(all, "future_thing").details()).containsEntry("level", 3L);
    assertThat(one(all, "before_tool").detail("tool_name")).isEqualTo("read_file");
  }

  @Test
  void theQuotasOfTheStatusLineAreKept() throws IOException {
    left(
        "claude-1.json",
        THEN,
        hook(
            "Status",
            ",\"rate_limits\":{\"five_hour\":{\"used_percentage\":23.5,\"resets_at\":1795900000}}"));
    Event told = one(events(), "rate_limits");
    assertThat(told.detail("limit_id")).isEqualTo("claude");
    assertThat(told.details().get("primary")).asString().contains("23.5").contains("300");
  }
}
