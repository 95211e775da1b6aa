package dev.flightlog.learning.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.learning.exposure.Delivery;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.Purpose;
import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.Trigger;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.trial.Arms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HookTest {
  private static final String SAID =
      "{\"hookSpecificOutput\":{\"hookEventName\":\"%s\",\"additionalContext\":\"Use `python3` instead of `python` in `Bash` (it fails with `command_not_found` otherwise).\"}}\n";
  private static final RandomGenerator RANDOM = RandomGenerator.of("L64X128MixRandom");
  @TempDir Path home;

  /** Those of the usual shells that are here; sh always is. */
  static List<String> shells() {
    List<String> shells = new ArrayList<>(List.of("/bin/sh"));
    for (String other : List.of("/bin/bash", "/bin/dash", "/bin/ksh", "/bin/zsh")) {
      if (Files.isExecutable(Path.of(other))) {
        shells.add(other);
      }
    }
    return shells;
  }

  private static Trial trial(
      Placement placement, Delivery delivery, Trigger trigger, double share) {
    Rule rule =
        new Rule(
            "3f2a9c51d0be",
            "Bash command_not_found (python) | USE_PROGRAM python3",
            "Use `python3` instead of `python` in `Bash` (it fails with `command_not_found`"
                + " otherwise).",
            trigger == Trigger.EVERY_CALL
                ? new Rule.Opportunity("Bash", "python")
                : new Rule.Opportunity("Edit", ""),
            9,
            90,
            0.1,
            4,
            3,
            25,
            List.of());
    return Trial.of(
        rule,
        1,
        Purpose.TRIAL,
        new Terms(placement, delivery, trigger, share),
        Instant.parse("2026-06-01T12:00:00Z"),
        400);
  }

  private HookFiles show(Trial... trials) throws IOException {
    HookFiles files = new HookFiles(home, home.resolve("journals"));
    files.show(List.of(trials));
    return files;
  }

  private List<String> recorded() throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.isDirectory(home.resolve("journals"))) {
      try (var files = Files.newDirectoryStream(home.resolve("journals"))) {
        for (Path file : files) {
          Files.readAllLines(file).stream().filter(line -> !line.isEmpty()).forEach(lines::add);
        }
      }
    }
    return lines;
  }

  /** A session that the trial gives this arm. */
  private static String session(Trial trial, boolean exposed) {
    Arms arms = trial.arms();
    while (true) {
      String id = new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString();
      if (arms.exposed(id) == exposed) {
        return id;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theShellDrawsAsTheStatisticsDo(String shell) throws Exception {
    Trial trial = trial(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.3);
    RunHook hook = new RunHook(shell, show(trial).script(), true);
    List<String> ids = new ArrayList<>(List.of("a", "ab", "abc", "abcd", "Z_9-x".repeat(11)));
    for (int i = 0; i < 40; i++) {
      ids.add(new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString());
    }
    for (String id : ids) {
      RunHook.Ran ran = hook.with(RunHook.start(id));
      assertThat(ran.code()).isZero();
      assertThat(ran.err()).isEmpty();
      assertThat(ran.out())
          .as(id)
          .isEqualTo(trial.arms().exposed(id) ? SAID.formatted("SessionStart") : "");
    }
    assertThat(recorded()).hasSize(ids.size());
  }

  @Test
  void whatIsOnTrialElsewhereIsShownBesidesButNotASecondTime() throws IOException {
    Trial own = trial(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    Trial another = renamed(own, "abcdefabcdef");
    HookFiles files = show(own);
    assertThat(files.keepOthers(List.of(another, renamed(own, own.rule())))).isTrue();
    assertThat(files.keepOthers(List.of(another, renamed(own, own.rule())))).isFalse();
    files.show(List.of(own));
    assertThat(Files.readString(files.script())).contains(own.id());
    assertThat(Files.readString(files.script()).split("fl_trial=", -1)).hasSize(3);
    files.show(List.of());
    assertThat(Files.readString(files.script())).contains("'abcdefabcdef-1'");
    assertThat(files.keepOthers(List.of())).isTrue();
    files.show(List.of());
    assertThat(files.script()).doesNotExist();
  }

  private static Trial renamed(Trial trial, String rule) {
    return new Trial(
        rule + "-1",
        rule,
        trial.purpose(),
        trial.key(),
        trial.terms(),
        trial.measure(),
        trial.errorClasses(),
        trial.tools(),
        trial.program(),
        trial.text(),
        trial.tokens(),
        trial.startedAt(),
        trial.planned());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void bothArmsAreRecordedOnceWithTheTimeOfNow(String shell) throws Exception {
    Trial trial = trial(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    RunHook hook = new RunHook(shell, show(trial).script(), true);
    long before = Instant.now().getEpochSecond();
    for (boolean arm : List.of(true, false)) {
      String id = session(trial, arm);
      hook.with(RunHook.start(id));
      hook.with(RunHook.event(id, "SessionStart", ",\"source\":\"compact\""));
      hook.with(RunHook.event(id, "SessionStart", ",\"source\":\"resume\""));
      String line = recorded().getLast();
      assertThat(line)
          .startsWith(
              "{\"id\":\"rule_exposure:" + trial.id() + ":" + id + ":session\",\"timestamp\":")
          .contains("\"event_type\":\"rule_exposure\",\"category\":\"learning\"")
          .contains("\"arm\":\"" + (arm ? "exposed" : "control") + "\"")
          .contains("\"root_session\":\"" + id + "\"");
      long at = Long.parseLong(line.replaceFirst(".*\"timestamp\":(\\d+).*", "$1"));
      assertThat(at).isBetween(before - 2, Instant.now().getEpochSecond() + 2);
    }
    assertThat(recorded()).hasSize(2);
    String day =
        DateTimeFormatter.BASIC_ISO_DATE.format(Instant.now().atZone(ZoneOffset.UTC).toLocalDate());
    assertThat(home.resolve("journals/story_trials_" + day + ".jsonl")).exists();
  }

  @Test
  void resumedAndCompactedSessionsAndTheirSubagentsAreToldAgain() throws Exception {
    Trial trial = trial(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), true);
    String exposed = session(trial, true);
    String other = session(trial, false);
    for (String source : List.of("startup", "compact", "resume")) {
      String more = ",\"source\":\"" + source + "\"";
      assertThat(hook.with(RunHook.event(exposed, "SessionStart", more)).out()).isNotEmpty();
      assertThat(hook.with(RunHook.event(other, "SessionStart", more)).out()).isEmpty();
    }
    String agent = ",\"agent_id\":\"a1\",\"agent_type\":\"Explore\"";
    assertThat(hook.with(RunHook.event(exposed, "SubagentStart", agent)).out())
        .isEqualTo(SAID.formatted("SubagentStart"));
    assertThat(hook.with(RunHook.event(other, "SubagentStart", agent)).out()).isEmpty();
  }

  @Test
  void aForkKeepsTheArmOfItsParentAndCountsForIt() throws Exception {
    Trial trial = trial(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), true);
    String parent = session(trial, true);
    String fork = session(trial, false);
    hook.with(RunHook.event(parent, "SessionStart", ",\"source\":\"resume\""));
    String agent = ",\"agent_id\":\"a1\",\"agent_type\":\"Explore\"";
    assertThat(hook.with(RunHook.event(fork, "SubagentStart", agent)).out()).isNotEmpty();
    assertThat(recorded().getLast())
        .contains("\"session_id\":\"" + fork + "\"")
        .contains("\"arm\":\"exposed\",\"root_session\":\"" + parent + "\"");
  }

  @Test
  void theTriggerIsRecordedInBothArmsBeforeTheFirstCallOfTheProgram() throws Exception {
    Trial trial = trial(Placement.ACTION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), false);
    for (boolean arm : List.of(true, false)) {
      String id = session(trial, arm);
      int before = recorded().size();
      assertThat(hook.with(RunHook.start(id)).out()).isEmpty();
      hook.with(RunHook.call(id, "Bash", "{\"command\":\"ls python\"}", "toolu_1"));
      hook.with(RunHook.call(id, "Read", "{\"file_path\":\"/python\"}", "toolu_2"));
      assertThat(recorded()).hasSize(before);
      String call =
          RunHook.call(id, "Bash", "{\"command\":\"cd x && python \\\"a b\\\".py\"}", "toolu_3");
      assertThat(hook.with(call).out()).isEqualTo(arm ? SAID.formatted("PreToolUse") : "");
      assertThat(recorded().getLast())
          .contains(":" + id + ":toolu_3\"")
          .contains("\"tool_use_id\":\"toolu_3\",\"trigger\":\"every_call\",\"refused\":false");
      String again = RunHook.call(id, "Bash", "{\"command\":\"python y\"}", "toolu_4");
      assertThat(hook.with(again).out()).isEmpty();
      assertThat(recorded()).hasSize(before + 1);
    }
  }

  /** What Codex 0.171.0 tells its hooks, as it was seen. */
  private static String codex(String session, String event, String more) {
    return "{\"session_id\":\"%s\",\"turn_id\":\"t-1\",\"transcript_path\":\"/h/.codex/sessions/2026/11/28/rollout-x.jsonl\",\"cwd\":\"/home/dev\",\"hook_event_name\":\"%s\",\"model\":\"gpt-5\",\"permission_mode\":\"bypassPermissions\"%s}"
        .formatted(session, event, more);
  }

  @Test
  void aSessionOfCodexIsToldAndKeepsItsArmWhenItIsResumed() throws Exception {
    Trial trial = trial(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), false, "codex");
    for (boolean arm : List.of(true, false)) {
      String id = session(trial, arm);
      for (String source : List.of("startup", "resume", "clear")) {
        String said = hook.with(codex(id, "SessionStart", ",\"source\":\"" + source + "\"")).out();
        assertThat(said).isEqualTo(arm ? SAID.formatted("SessionStart") : "");
      }
    }
    assertThat(recorded()).hasSize(2);
  }

  @Test
  void aRuleAboutAShellOfCodexIsTriedAtItsCallsWhichHooksCallByAnotherName() throws Exception {
    Rule rule =
        new Rule(
            "3f2a9c51d0be",
            "exec_command command_not_found (python) | USE_PROGRAM python3",
            "Use `python3` instead of `python` in `exec_command`.",
            new Rule.Opportunity("exec_command", "python"),
            9,
            90,
            0.1,
            4,
            3,
            25,
            List.of());
    Trial trial =
        Trial.of(
            rule,
            1,
            Purpose.TRIAL,
            new Terms(Placement.ACTION, Delivery.REFUSAL, Trigger.EVERY_CALL, 0.5),
            Instant.parse("2026-06-01T12:00:00Z"),
            400);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), false, "codex");
    String id = session(trial, true);
    hook.with(codex(id, "SessionStart", ",\"source\":\"startup\""));
    String call =
        ",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"python x.py\"},\"tool_use_id\":\"call_1\"";
    assertThat(hook.with(codex(id, "PreToolUse", call)).out())
        .startsWith(
            "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"deny\",");
    assertThat(recorded()).singleElement().asString().contains("\"tool_use_id\":\"call_1\"");
  }

  @Test
  void aCallIsRefusedOnceWithTheReason() throws Exception {
    Trial trial = trial(Placement.ACTION, Delivery.REFUSAL, Trigger.EVERY_CALL, 0.5);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), false);
    String id = session(trial, true);
    hook.with(RunHook.start(id));
    String call = RunHook.call(id, "Bash", "{\"command\":\"python x.py\"}", "toolu_1");
    assertThat(hook.with(call).out())
        .startsWith(
            "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"Use");
    assertThat(hook.with(call).out()).isEmpty();
    assertThat(recorded().getLast()).contains("\"refused\":true");
  }

  @Test
  void aFileCountsAsReadOnceTheSessionReadOrWroteIt() throws Exception {
    Trial trial = trial(Placement.ACTION, Delivery.TEXT, Trigger.UNREAD_FILE, 0.5);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), false);
    String id = session(trial, true);
    hook.with(RunHook.start(id));
    String read = "{\"file_path\":\"/home/dev/a b/It's.java\"}";
    hook.with(RunHook.after(id, "PostToolUse", "Read", read));
    String edit = "{\"file_path\":\"%s\",\"old_string\":\"\\\"file_path\\\":\\\"/x\\\"\"}";
    String known = edit.formatted("/home/dev/a b/It's.java");
    String unknown = edit.formatted("/home/dev/other.java");
    assertThat(hook.with(RunHook.call(id, "Edit", known, "toolu_1")).out()).isEmpty();
    assertThat(hook.with(RunHook.call(id, "Edit", unknown, "toolu_2")).out()).isNotEmpty();
    assertThat(hook.with(RunHook.call(id, "Edit", unknown, "toolu_3")).out()).isEmpty();
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void aCallAfterAFailureOfTheSameToolIsATrigger() throws Exception {
    Trial trial = trial(Placement.ACTION, Delivery.TEXT, Trigger.AFTER_FAILURE, 0.5);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), false);
    String id = session(trial, true);
    hook.with(RunHook.start(id));
    String edit = "{\"file_path\":\"/a\",\"old_string\":\"b\"}";
    assertThat(hook.with(RunHook.call(id, "Edit", edit, "toolu_1")).out()).isEmpty();
    hook.with(RunHook.after(id, "PostToolUseFailure", "Edit", edit));
    assertThat(hook.with(RunHook.call(id, "Edit", edit, "toolu_2")).out()).isNotEmpty();
  }

  @Test
  void callsAreRefusedWhileTheGuardSaysSoAndNothingElseIs() throws Exception {
    RunHook hook = new RunHook("/bin/sh", home.resolve("trials/hook.sh"), false);
    String call = RunHook.call("s-1", "Bash", "{\"command\":\"ls\"}", "toolu_1");
    assertSilent(hook.with(call));
    Path guard = Files.createDirectories(home.resolve("guard"));
    assertSilent(hook.with(call));
    Files.writeString(guard.resolve("s-1"), "the budget of today is spent\nauto\n");
    assertThat(hook.with(call).out())
        .isEqualTo(
            "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"deny\","
                + "\"permissionDecisionReason\":\"the budget of today is spent\"}}\n");
    assertSilent(hook.with(RunHook.call("s-2", "Bash", "{}", "toolu_1")));
    assertSilent(hook.with(RunHook.after("s-1", "PostToolUse", "Bash", "{}")));
    Files.writeString(guard.resolve("all"), "enough for today\n");
    assertThat(hook.with(RunHook.call("../s-1", "Bash", "{}", "toolu_1")).out())
        .contains("enough for today");
    Files.writeString(guard.resolve("all"), "\"},\"permissionDecision\":\"allow\n");
    Files.delete(guard.resolve("s-1"));
    assertSilent(hook.with(call));
    try (var kept = Files.list(home.resolve("hooks/spool"))) {
      assertThat(kept.map(HookTest::text)).hasSize(7);
    }
  }

  @Test
  void theEndOfASessionIsRecorded() throws Exception {
    Trial trial = trial(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), true);
    String id = session(trial, true);
    hook.with(RunHook.start(id));
    assertThat(hook.with(RunHook.event(id, "SessionEnd", ",\"reason\":\"other\"")).out()).isEmpty();
    try (var left = Files.list(home.resolve("hooks/spool"))) {
      assertThat(left.map(HookTest::text)).anyMatch(text -> text.contains("\"SessionEnd\""));
    }
    assertThat(recorded()).hasSize(1);
    Files.move(home.resolve("hooks/spool"), home.resolve("hooks/gone"));
    assertThat(hook.with(RunHook.event(id, "SessionEnd", ",\"reason\":\"other\"")).out()).isEmpty();
    assertThat(recorded().getLast()).contains("\"event_type\":\"session_ended\"");
  }

  @Test
  void noSessionIsDisturbedWhenNothingOfOursIsLeft() throws Exception {
    Trial trial = trial(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    HookFiles files = show(trial);
    String start = RunHook.start(session(trial, true));
    for (String shell : shells()) {
      RunHook hook = new RunHook(shell, files.script(), true);
      Files.deleteIfExists(home.resolve("trials/arm.sh"));
      assertSilent(hook.with(start));
      dev.flightlog.event.files.FileTree.delete(home.resolve("trials/state"));
      assertSilent(hook.with(start));
      Files.writeString(files.script(), "if then (");
      assertSilent(hook.with(start));
      Files.delete(files.script());
      assertSilent(hook.with(start));
      files.show(List.of(trial));
      for (String odd : List.of("", "{", "\"session_id\":\"", "{\"session_id\":\"$(touch x)\"}")) {
        assertSilent(hook.with(odd));
      }
      files.show(List.of());
      assertSilent(hook.with(start));
      files.show(List.of(trial));
    }
  }

  @Test
  void nothingIsShownThatCannotBeRecorded() throws Exception {
    Trial trial = trial(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    HookFiles files = show(trial);
    String start = RunHook.start(session(trial, true));
    String day =
        DateTimeFormatter.BASIC_ISO_DATE.format(Instant.now().atZone(ZoneOffset.UTC).toLocalDate());
    Path journal = home.resolve("journals/story_trials_" + day + ".jsonl");
    if (Files.exists(Path.of("/dev/full"))) {
      Files.createSymbolicLink(journal, Path.of("/dev/full"));
    } else {
      Files.createDirectory(journal);
    }
    for (String shell : shells()) {
      assertSilent(new RunHook(shell, files.script(), true).with(start));
    }
    Files.delete(journal);
    assertThat(new RunHook("/bin/sh", files.script(), true).with(start).out()).isNotEmpty();
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void aCallWithALargeInputIsLookedAtLikeAnyOther() throws Exception {
    Trial trial = trial(Placement.ACTION, Delivery.TEXT, Trigger.UNREAD_FILE, 0.5);
    RunHook hook = new RunHook("/bin/sh", show(trial).script(), false);
    String id = session(trial, true);
    hook.with(RunHook.start(id));
    String large =
        "{\"file_path\":\"/a\",\"old_string\":\"" + "a \\\"b\\\" * ".repeat(40_000) + "\"}";
    assertThat(hook.with(RunHook.call(id, "Edit", large, "toolu_9")).out()).isNotEmpty();
    assertThat(recorded().getLast()).contains("toolu_9");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertSilent(RunHook.Ran ran) {
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).isEmpty();
  }
}
