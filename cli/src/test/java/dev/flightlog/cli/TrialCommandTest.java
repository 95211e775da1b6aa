package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.learning.exposure.FileWeek;
import dev.flightlog.learning.exposure.Look;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.trial.SessionOutcome;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNREAD =
      "<tool_use_error>File has not been read yet. Read it first.</tool_use_error>";
  @TempDir Path folder;
  private Shell shell;
  private Path settings;
  private String id;

  @BeforeEach
  void aRuleIsProposedAndTheHooksAreThere() throws IOException {
    shell = new Shell(Files.createDirectory(folder.resolve("user")));
    settings = shell.user.resolve(".claude/settings.json");
    for (int i = 1; i <= 3; i++) {
      edit("before" + i, UNREAD, "2026-05-31");
    }
    shell.call("record", "tool_call", "--field", "tool=Edit", "--field", "success=true");
    assertThat(shell.call("rules", "propose")).isZero();
    id = shell.out.substring(0, 12);
    assertThat(shell.call("install", "claude", "--hooks", "--yes")).isZero();
  }

  /** A session with one call of Edit. */
  private void edit(String name, String output, String day) throws IOException {
    Path transcript = shell.transcript(name, output);
    String text =
        Files.readString(transcript).replace("\"Bash\"", "\"Edit\"").replace("2026-05-31", day);
    if (output.isEmpty()) {
      text = text.replace("\"is_error\":true", "\"is_error\":false");
    }
    Files.writeString(transcript, text);
    assertThat(shell.call("import", transcript.toString())).isZero();
  }

  /** What Claude Code would do: the command that stands in its settings, with an event. */
  private String hook(String event, String session) throws IOException, InterruptedException {
    JsonNode all = JSON.readTree(settings.toFile());
    String command = all.at("/hooks/" + event + "/0/hooks/0/command").asText();
    Process process = new ProcessBuilder("/bin/sh", "-c", command).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(
          "{\"session_id\":\"%s\",\"cwd\":\"/x\",\"hook_event_name\":\"%s\",\"source\":\"startup\"}\n"
              .formatted(session, event)
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It may have ended without reading.
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out;
  }

  @Test
  void aTrialSaysHowLongItTakesAndThenWhatItFound() throws Exception {
    assertThat(shell.call("rules", "approve", id, "--trial")).isZero();
    assertThat(shell.out)
        .contains(id + "  trial  Read a file in this session before you change it with `Edit`")
        .contains("placement session", "50% of the sessions")
        .contains("75% of these calls fail so", "have ended after 140 sessions");
    int exposed = 0;
    for (int i = 0; i < 12; i++) {
      String session = "s-during" + i;
      boolean told = hook("SessionStart", session).contains("Read a file in this session");
      exposed += told ? 1 : 0;
      edit("during" + i, told ? "" : UNREAD, "2026-06-02");
      hook("SessionEnd", session);
    }
    shell.now = Instant.now().plusSeconds(60);
    assertThat(shell.call("rules", "effect", id)).isZero();
    assertThat(shell.out)
        .contains("trial: undecided; E = ")
        .contains("with it " + exposed + " sessions, 0% of")
        .contains("without " + (12 - exposed) + " sessions, 100% of");
    assertThat(shell.call("rules", "effect", "--format", "json")).isZero();
    JsonNode told = JSON.readTree(shell.out).get(0);
    assertThat(told.get("sessions_with").asInt() + told.get("sessions_without").asInt())
        .isEqualTo(12);
    assertThat(told.get("looks").asInt()).isEqualTo(1);
    assertThat(told.get("e_value").asDouble()).isGreaterThan(1);
    assertThat(shell.call("rules", "list", "--format", "json")).isZero();
    assertThat(JSON.readTree(shell.out).get(0).get("verdict").asText()).isEqualTo("undecided");
    assertThat(shell.call("sql", "SELECT count(*) FROM events WHERE event_type='rule_exposure'"))
        .isZero();
    assertThat(shell.out).contains("12");
  }

  @Test
  void aRuleOnTrialIsNotWrittenIntoTheFileAndAnAdoptedOneStaysWithTheHooks() throws Exception {
    Path file = Files.writeString(folder.resolve("CLAUDE.md"), "# Shop\n");
    shell.call("rules", "approve", id, "--trial");
    assertThat(hook("SessionStart", "s1") + hook("SessionStart", "s2")).isNotNull();
    shell.call("rules", "apply", "--file", file.toString(), "--yes");
    assertThat(file).hasContent("# Shop\n");
    assertThat(shell.call("rules", "approve", id)).isZero();
    assertThat(shell.err).contains("nine of ten sessions for 30 days");
    shell.call("rules", "apply", "--file", file.toString(), "--yes");
    assertThat(shell.err).contains("is given by hooks");
    assertThat(file).hasContent("# Shop\n");
    assertThat(shell.call("rules", "retire", id)).isZero();
    assertThat(hook("SessionStart", "s3")).isEmpty();
    assertThat(shell.home.resolve("trials/hook.sh")).doesNotExist();
  }

  @Test
  void inFilesARuleStandsInTheWeeksThatChanceChoseAndWeeksAreCounted() throws IOException {
    Path shop = Files.createDirectory(folder.resolve("shop"));
    Path file = Files.writeString(shop.resolve("CLAUDE.md"), "# Shop\n");
    assertThat(shell.call("rules", "approve", id, "--trial", "--placement", "file")).isZero();
    assertThat(shell.out).contains("weaker proof", "104 weeks of projects");
    Trial trial =
        TrialBook.open(shell.home.resolve("trials.jsonl")).running(id).orElseThrow().trial();
    int exposed = 0;
    for (int week = 0; week < 8; week++) {
      shell.now = Instant.parse("2026-06-02T08:00:00Z").plus(Duration.ofDays(7L * week));
      assertThat(shell.call("rules", "apply", "--file", file.toString(), "--yes")).isZero();
      boolean told = FileWeek.of("shop", shell.now).isExposed(trial);
      exposed += told ? 1 : 0;
      assertThat(Files.readString(file).contains("Read a file in this session")).isEqualTo(told);
      edit("week" + week, told ? "" : UNREAD, shell.now.toString().substring(0, 10));
    }
    shell.now = shell.now.plus(Duration.ofDays(9));
    assertThat(shell.call("rules", "effect", id)).isZero();
    assertThat(shell.out)
        .contains("trial in files, by weeks of projects (weaker than by sessions)")
        .contains("with it " + Units.count(exposed, "week"))
        .contains("without " + Units.count(8 - exposed, "week"));
  }

  @Test
  void ofARuleThatWasNeverTriedOnlyWeakEvidenceIsSaid() throws IOException {
    assertThat(shell.call("rules", "approve", id)).isZero();
    assertThat(shell.call("rules", "effect", id)).isZero();
    assertThat(shell.out)
        .contains("adopted without a trial: no evidence of an effect (before/after only)")
        .contains("before 3 sessions, 100% of 3 calls failed so; since 1 session, 0% of 1 call");
  }

  @Test
  void aRevisionThatMayDoSoBeginsTrialsAndSaysWhatTheyFound() throws IOException {
    Files.delete(shell.home.resolve("rules.jsonl"));
    Files.writeString(
        shell.home.resolve("config.json"),
        "{\"revision\":{\"auto_run\":true},\"rules\":{\"apply\":\"trial\"}}");
    assertThat(shell.call("revise", "--dry-run")).as(shell.err).isZero();
    assertThat(shell.home.resolve("trials.jsonl")).doesNotExist();
    assertThat(shell.call("revise")).as(shell.err).isZero();
    assertThat(shell.home.resolve("trials/hook.sh")).exists();
    assertThat(shell.call("rules", "list")).isZero();
    assertThat(shell.out).contains(id + "  trial");
  }

  @Test
  void aRevisionWithRulesApplyDirectAdoptsWhatWorksAndRetiresWhatIsNoLongerNeeded()
      throws Exception {
    Files.writeString(
        shell.home.resolve("config.json"),
        "{\"revision\":{\"auto_run\":true},\"rules\":{\"apply\":\"direct\"}}");
    assertThat(shell.call("rules", "approve", id, "--trial")).as(shell.err).isZero();
    looked(40, 0, 1);
    assertThat(shell.call("revise", "--week", "2026-W21")).as(shell.err).isZero();
    assertThat(shell.out).contains("rule " + id + " works, and is adopted");
    assertThat(shell.call("rules", "show", id)).isZero();
    assertThat(shell.out)
        .contains("adopted: its trial says that it works")
        .contains("since its adoption, a tenth of the sessions without it")
        .contains("opus 2.1: with it");

    looked(60, 0, 0);
    assertThat(shell.call("revise", "--week", "2026-W22")).as(shell.err).isZero();
    assertThat(shell.out).contains("is retired, for its error no longer occurs");
    assertThat(shell.call("rules", "list")).isZero();
    assertThat(shell.out).contains(id + "  retired");
    assertThat(shell.call("sql", "SELECT * FROM events WHERE event_type = 'week_revised'"))
        .isZero();
    assertThat(shell.out).contains("frustrations_resolved", "-6000");
  }

  @Test
  void severalLooksAtOnceCountASessionOnce() throws Exception {
    assertThat(shell.call("rules", "approve", id, "--trial")).as(shell.err).isZero();
    boolean told = hook("SessionStart", "s-once").contains("Read a file in this session");
    edit("once", told ? "" : UNREAD, "2026-06-02");
    hook("SessionEnd", "s-once");
    List<Shell> others = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Shell other = new Shell(shell.user);
      other.now = Instant.now().plusSeconds(60);
      others.add(other);
      threads.add(Thread.ofPlatform().start(() -> other.call("rules", "effect", id)));
    }
    for (Thread each : threads) {
      each.join();
    }
    TrialBook book = TrialBook.open(shell.home.resolve("trials.jsonl"));
    assertThat(
            book.running(id).orElseThrow().looks().stream()
                .flatMap(look -> look.sessions().stream())
                .map(Look.Counted::session))
        .as(others.getFirst().err)
        .containsExactly("s-once");
  }

  @Test
  void aRevisionWithRulesApplyDirectRetiresARuleThatHarms() throws Exception {
    Files.writeString(
        shell.home.resolve("config.json"),
        "{\"revision\":{\"auto_run\":true},\"rules\":{\"apply\":\"direct\"}}");
    assertThat(shell.call("rules", "approve", id, "--trial")).as(shell.err).isZero();
    looked(40, 1, 0);
    assertThat(shell.call("revise", "--week", "2026-W21")).as(shell.err).isZero();
    assertThat(shell.out).contains("rule " + id + " is retired, for it harms");
    assertThat(shell.call("rules", "list")).isZero();
    assertThat(shell.out).contains(id + "  retired");
    assertThat(shell.home.resolve("trials/hook.sh")).doesNotExist();
  }

  /** A look at so many sessions, of which in each arm all or none failed once. */
  private void looked(int sessions, int withRule, int without) throws IOException {
    TrialBook book = TrialBook.open(shell.home.resolve("trials.jsonl"));
    Trial trial = book.running(id).orElseThrow().trial();
    List<Look.Counted> counted = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      boolean exposed = i % 2 == 0;
      counted.add(
          new Look.Counted(
              "looked-" + trial.id() + i,
              new SessionOutcome(exposed, exposed ? withRule : without, 1),
              "opus",
              "2.1",
              100_000,
              10));
      if (counted.size() == 10) {
        book.add(trial.id(), new Look(shell.now, counted));
        counted = new ArrayList<>();
      }
    }
  }

  @Test
  void wrongTermsAreRefusedAndNothingIsChanged() throws IOException {
    for (List<String> wrong :
        List.of(
            List.of("--share", "1.5"),
            List.of("--share", "half"),
            List.of("--placement", "wall"),
            List.of("--placement", "action", "--trigger", "never"),
            List.of("--refuse"))) {
      String[] words =
          Stream.concat(Stream.of("rules", "approve", id, "--trial"), wrong.stream())
              .toArray(String[]::new);
      assertThat(shell.call(words)).as("%s", wrong).isEqualTo(2);
      assertThat(shell.err).doesNotContain("    at ");
    }
    assertThat(shell.home.resolve("trials.jsonl")).doesNotExist();
    shell.call("rules", "list");
    assertThat(shell.out).contains(id + "  proposed");
  }

  @Test
  void theHooksAreShownFirstAndTakenOutToTheByte() throws IOException {
    assertThat(shell.call("uninstall", "claude", "--yes")).isZero();
    assertThat(settings).doesNotExist();
    String others = "{ \"hooks\": {\"Stop\": [{\"hooks\": [{\"command\": \"x\"}]}]} }";
    Files.writeString(settings, others);
    assertThat(shell.call("install", "claude", "--hooks")).isZero();
    assertThat(shell.out).contains("+").contains("SessionStart");
    assertThat(settings).hasContent(others);
    assertThat(shell.call("install", "claude", "--hooks", "--yes")).isZero();
    assertThat(settings).content().contains("\"Stop\"", "SubagentStart");
    assertThat(shell.call("uninstall", "claude")).isZero();
    assertThat(settings).content().contains("SubagentStart");
    assertThat(shell.call("uninstall", "claude", "--yes")).isZero();
    assertThat(settings).hasContent(others);
    Files.writeString(settings, "no json");
    assertThat(shell.call("install", "claude", "--hooks", "--yes")).isEqualTo(1);
    assertThat(shell.err).contains("was left alone: it is not JSON");
    assertThat(settings).hasContent("no json");
    assertThat(shell.call("install", "claude", "--user", "--project")).isEqualTo(2);
  }
}
