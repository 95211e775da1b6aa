package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents of other makers; the counts were made independently, with a script over the files. */
class MoreAgentsTest {
  @TempDir Path home;

  private Desk desk(String sample) {
    Desk desk = new Desk(home);
    desk.run(Desk.sample(sample));
    return desk;
  }

  private static long tokens(Desk desk) {
    return desk.events("model_call").stream()
        .mapToLong(event -> String.valueOf(event.get(Field.TOKENS_USED)).transform(Long::parseLong))
        .sum();
  }

  @Test
  void copilotTellsWhatItUsedWhenItEnds() {
    Desk desk = desk("copilot/shutdown.jsonl");

    assertThat(tokens(desk)).isEqualTo(12845 + 461);
    assertThat(desk.only("model_call").details()).containsEntry("model", "gpt-5.3-codex-spark");
    assertThat(desk.events("user_prompt")).hasSize(1);
    assertThat(desk.only("session_started").text(Field.PROJECT)).isEqualTo("agentv");
  }

  @Test
  void aSessionOfPiTellsItsCost() {
    Desk desk = desk("pi/session.jsonl");

    assertThat(desk.events("model_call")).hasSize(2);
    assertThat(tokens(desk)).isEqualTo(150 + 210);
    assertThat(
            desk.events("model_call").stream()
                .mapToDouble(event -> ((Number) detail(event, "cost_usd")).doubleValue())
                .sum())
        .isCloseTo(0.015, within(1e-9));
    assertThat(desk.events("user_prompt")).hasSize(2);
    assertThat(desk.only("tool_call").get(Field.SUCCESS)).isEqualTo(true);
    assertThat(desk.setAside()).hasSize(1);
  }

  private static Object detail(Event event, String key) {
    return java.util.Objects.requireNonNull(event.details().get(key), key);
  }

  @Test
  void whatNoReaderKnowsIsCountedByName() {
    Desk desk = new Desk(home);

    ImportReport report = desk.run(Desk.sample("pi/session.jsonl"));

    assertThat(report.unknownKinds()).containsEntry("pi: unknown_future_entry_type", 1L);
    assertThat(Importer.unknownKinds(desk.store)).isEqualTo(report.unknownKinds());
  }

  @Test
  void openClawIsReadByTheReaderOfPi() {
    Desk desk = desk("pi/openclaw.jsonl");

    assertThat(desk.only("session_started").details()).containsEntry("client", "pi");
  }

  @Test
  void chatsOfQwenCodeAreNotTakenForClaudes() {
    Desk desk = desk("qwen/chat.jsonl");

    assertThat(desk.only("session_started").details()).containsEntry("client", "qwen-code");
    assertThat(desk.events("model_call")).hasSize(2);
    assertThat(desk.only("tool_call").details()).containsEntry("error_type", "invalid_tool_params");
    assertThat(desk.events("user_prompt")).hasSize(1);
  }

  @Test
  void aCompressedRolloutIsReadAndACutOneGivesWhatItHeld() throws Exception {
    Desk desk = desk("codex-compressed/rollout-0.140.jsonl.zst");
    assertThat(desk.events("user_prompt")).hasSize(2);
    assertThat(desk.events("model_call")).hasSizeGreaterThan(5);

    byte[] whole =
        java.nio.file.Files.readAllBytes(Desk.sample("codex-compressed/rollout-0.140.jsonl.zst"));
    Desk half = new Desk(home.resolve("half"));
    Path good = half.file("good.jsonl", Desk.line(1));
    half.run(half.file("r.jsonl.zst", java.util.Arrays.copyOf(whole, whole.length / 2)), good);
    assertThat(half.numbers()).containsExactly(1);
    assertThat(half.skipped).singleElement().asString().contains("damaged or cut off");
  }

  @Test
  void textInUtf16IsReadAsAnyOther() {
    Desk desk = new Desk(home);
    byte[] utf16 = ("\ufeff" + Desk.line(0) + Desk.line(1)).getBytes(StandardCharsets.UTF_16LE);

    desk.run(desk.file("a.jsonl", utf16));

    assertThat(desk.numbers()).containsExactly(0, 1);
    assertThat(desk.setAside()).isEmpty();
  }

  @Test
  void aListOfMessagesIsARunAndNothingOfItIsLost() {
    Desk desk = new Desk(home);
    desk.run(
        desk.file(
            "chat.json",
            """
            [{"role":"system","content":"be good"},{"role":"user","content":"add them"},
             {"role":"assistant","content":"sure","tool_calls":[{"id":"c1","type":"function",
               "function":{"name":"add","arguments":"{\\"a\\":1}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"Error: no b"},
             {"role":"assistant","content":"it failed"}]
            """));

    assertThat(desk.events("user_prompt")).hasSize(1);
    assertThat(desk.events("agent_message")).hasSize(2);
    assertThat(desk.only("tool_call").get(Field.SUCCESS)).isEqualTo(false);
    assertThat(desk.only("tool_call").details()).containsEntry("tool", "add");
  }

  @Test
  void tasksOfTauBenchAreRunsWithAnOutcomeEach() {
    Desk desk = new Desk(home);
    desk.run(
        desk.file(
            "tau.json",
            """
            [{"task_id":1,"reward":1.0,"info":{},"trial":0,"traj":[{"role":"user","content":"hi"},
               {"role":"assistant","content":"hello"}]},
             {"task_id":2,"reward":0.0,"info":{},"trial":0,"traj":[{"role":"user","content":"no"}]}]
            """));

    assertThat(desk.events("session_started")).hasSize(2);
    assertThat(desk.events("task_outcome").stream().map(e -> e.get(Field.SUCCESS)).toList())
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void aFolderOfUnknownFilesIsToldAndItsNeighboursSurvive() {
    Desk desk = new Desk(home);
    desk.file("good.jsonl", Desk.line(1));
    for (int i = 0; i < 100; i++) {
      desk.file("unknown-" + i + ".jsonl", "{\"a\":" + i + "}\n");
    }

    ImportReport report = desk.run(home.resolve("in"));

    assertThat(desk.numbers()).containsExactly(1);
    assertThat(report.leftOut()).isEqualTo(100);
    assertThat(desk.skipped).hasSize(21).last().asString().contains("80 more files");
  }

  @Test
  void anEventKeepsItsProjectAlsoFromAWorktree() {
    Desk desk = new Desk(home);
    String line =
        """
        {"type":"user","uuid":"%s","sessionId":"%s","cwd":"%s","timestamp":"2026-01-01T10:00:00Z",\
        "message":{"role":"user","content":"hi"}}
        """;
    desk.run(
        desk.file(
            "t.jsonl",
            line.formatted("a", "1", "/nowhere/dev/shop")
                + line.formatted("b", "2", "/nowhere/dev/shop.worktrees/feat/tax")
                + line.formatted("c", "3", "/nowhere/dev/shop/.claude/worktrees/fox")
                + line.formatted("d", "4", "C:\\\\Users\\\\dev\\\\My Shop")));

    assertThat(desk.events("user_prompt").stream().map(e -> e.text(Field.PROJECT)).toList())
        .containsExactlyInAnyOrder("shop", "shop", "shop", "My Shop");
  }

  @Test
  void foldersThatWereGivenANameAreThatProjectWithAllBelowThem() {
    Desk desk = new Desk(home);
    desk.with(
        ImportOptions.defaults()
            .projects(
                java.util.Map.of(
                    "/nowhere/dev",
                    "mine",
                    "/nowhere/dev/*/api",
                    "apis",
                    "C:\\Users\\dev",
                    "windows")));
    String line =
        """
        {"type":"user","uuid":"%s","sessionId":"%s","cwd":"%s","timestamp":"2026-01-01T10:00:00Z",\
        "message":{"role":"user","content":"hi"}}
        """;
    desk.run(
        desk.file(
            "t.jsonl",
            line.formatted("a", "1", "/nowhere/dev/shop")
                + line.formatted("b", "2", "/nowhere/dev/shop/api/src")
                + line.formatted("c", "3", "/nowhere/dev.worktrees/fox")
                + line.formatted("d", "4", "/nowhere/devil")
                + line.formatted("e", "5", "C:/Users/dev/x")));

    assertThat(desk.events("user_prompt").stream().map(e -> e.text(Field.PROJECT)).toList())
        .containsExactlyInAnyOrder("mine", "apis", "mine", "devil", "windows");
  }
}
