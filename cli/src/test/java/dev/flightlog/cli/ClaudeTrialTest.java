package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.cli.ScriptedModel.Said;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.TrialBook;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two rules on trial at once with the real Claude Code client, whose model is a script: one rule is
 * given at the start of a session, the other as a refusal of a call. The model of the script heeds
 * a rule that it sees nine times of ten, and makes the mistake four times of five without it.
 *
 * <p>The client is {@code -Dflightlog.claude=FILE}, else {@code claude} on the PATH. Four sessions
 * by default; {@code build/trial-with-claude} runs it to a verdict.
 */
class ClaudeTrialTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SESSIONS = Integer.getInteger("flightlog.claude.sessions", 4);
  private static final int FOR_A_VERDICT = 40;
  private static final String READ_FIRST =
      "Read a file in this session before you change it with `Edit`";
  private static final String FIND_PATH = "Do not guess paths for `Read`";
  @TempDir Path folder;
  private final Random random = new Random(20260601);
  private Path claude;
  private Path project;
  private Shell shell;

  private static Optional<Path> client() {
    String named = System.getProperty("flightlog.claude", "");
    List<Path> places = new ArrayList<>();
    if (!named.isEmpty()) {
      places.add(Path.of(named));
    }
    for (String each : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      places.add(Path.of(each.isEmpty() ? "." : each, "claude"));
    }
    return places.stream().filter(Files::isExecutable).map(Path::toAbsolutePath).findFirst();
  }

  @BeforeEach
  void aUserAndAProject() throws IOException {
    claude = client().orElse(Path.of(""));
    shell = new Shell(Files.createDirectory(folder.resolve("user")));
    project = Files.createDirectory(folder.resolve("project"));
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void theTextsAreSeenInTheirArmsAndNowhereElseAndAVerdictIsReached() throws Exception {
    if (claude.toString().isEmpty()) {
      System.out.println(
          "NOT TESTED a trial with the real Claude Code client: there is no claude on the PATH;"
              + " build/trial-with-claude brings it");
    }
    assumeTrue(!claude.toString().isEmpty());
    try (ScriptedModel model = new ScriptedModel()) {
      assertThat(call("install", "claude", "--hooks", "--yes")).isZero();
      for (int i = 0; i < 3; i++) {
        run(model, UUID.randomUUID().toString(), List.of());
      }
      assertThat(call("import", shell.user.resolve(".claude/projects").toString())).isZero();
      assertThat(call("rules", "propose", "--format", "json")).isZero();
      String first = ruleWith(READ_FIRST);
      String second = ruleWith(FIND_PATH);
      assertThat(call("rules", "approve", first, "--trial")).isZero();
      assertThat(call("rules", "approve", second, "--trial", "--placement", "action", "--refuse"))
          .isZero();
      TrialBook book = TrialBook.open(shell.home.resolve("trials.jsonl"));
      Trial atStart = book.running(first).orElseThrow().trial();
      Trial atCall = book.running(second).orElseThrow().trial();
      int done = sessions(model, atStart, atCall);
      report(done);
      if (SESSIONS >= FOR_A_VERDICT) {
        assertThat(verdict(atStart)).isEqualTo("works");
        assertThat(verdict(atCall)).isEqualTo("works");
      }
    }
  }

  /** A trial that has its verdict is shown to nobody any more. */
  private int sessions(ScriptedModel model, Trial atStart, Trial atCall) throws Exception {
    Set<String> open = new HashSet<>(Set.of(atStart.id(), atCall.id()));
    int done = 0;
    while (done < SESSIONS
        || (!open.isEmpty() && SESSIONS >= FOR_A_VERDICT && done < 4 * SESSIONS)) {
      String id = UUID.randomUUID().toString();
      run(model, id, List.of());
      boolean told = open.contains(atStart.id()) && atStart.arms().exposed(id);
      boolean refused = open.contains(atCall.id()) && atCall.arms().exposed(id);
      List<String> seen = model.conversations();
      assertThat(seen).isNotEmpty();
      assertThat(seen).allMatch(each -> each.contains(READ_FIRST) == told, "told " + told);
      assertThat(seen.getFirst()).doesNotContain(FIND_PATH);
      assertThat(seen.getLast().contains(FIND_PATH)).as("refused").isEqualTo(refused);
      done++;
      if (done == 1) {
        fork(model, id, told);
      }
      if (done % 10 == 0 || done == SESSIONS) {
        call("rules", "effect", "--format", "json");
        open.clear();
        for (JsonNode each : JSON.readTree(shell.out)) {
          if (each.get("verdict").asText().equals("undecided")) {
            open.add(each.get("trial").asText());
          }
        }
      }
    }
    return done;
  }

  /** A fork, under another id, is told what its parent was. */
  private void fork(ScriptedModel model, String parent, boolean told) throws Exception {
    run(model, UUID.randomUUID().toString(), List.of("--resume", parent, "--fork-session"));
    assertThat(model.conversations()).isNotEmpty();
    assertThat(model.conversations().getLast().contains(READ_FIRST)).isEqualTo(told);
  }

  private void report(int done) throws IOException {
    assertThat(call("rules", "effect")).isZero();
    if (SESSIONS >= FOR_A_VERDICT) {
      System.out.println("after " + done + " sessions of " + claude + ":\n" + shell.out);
    }
    assertThat(call("rules", "effect", "--format", "json")).isZero();
    assertThat(shell.err).isEmpty();
    for (JsonNode each : JSON.readTree(shell.out)) {
      // A trial that has its verdict takes in no more; the fork is no session of its own.
      assertThat(each.get("sessions_with").asInt() + each.get("sessions_without").asInt())
          .isBetween(Math.min(done, 10), done);
      assertThat(each.get("opportunities_without").asInt() + each.get("opportunities_with").asInt())
          .isPositive();
    }
  }

  private String verdict(Trial trial) throws IOException {
    for (JsonNode each : JSON.readTree(shell.out)) {
      if (each.get("trial").asText().equals(trial.id())) {
        return each.get("verdict").asText();
      }
    }
    return "none";
  }

  private String ruleWith(String words) throws IOException {
    for (JsonNode each : JSON.readTree(shell.out)) {
      if (each.path("text").asText("").startsWith(words)) {
        return each.get("id").asText();
      }
    }
    throw new AssertionError("no rule says " + words + ": " + shell.out);
  }

  private int call(String... words) {
    shell.now = Instant.now().plus(Duration.ofSeconds(words[1].equals("effect") ? 60 : 0));
    return shell.call(words);
  }

  /** One run of the client, to its end. */
  private void run(ScriptedModel model, String id, List<String> more) throws Exception {
    Files.writeString(project.resolve("a.txt"), "one\n");
    Files.writeString(project.resolve("b.txt"), "two\n");
    model.follow(new Script());
    List<String> command = new ArrayList<>(List.of(claude.toString(), "-p", "Do the work."));
    command.addAll(more);
    command.addAll(List.of("--session-id", id, "--allowedTools", "Bash Read Edit Glob"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(model));
    Path output = folder.resolve("output");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.redirectInput(new File("/dev/null"));
    Process process = builder.start();
    if (!process.waitFor(300, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
  }

  private Map<String, String> environment(ScriptedModel model) {
    return Map.of(
        "PATH",
        "/usr/bin:/bin",
        "HOME",
        shell.user.toString(),
        "TERM",
        "dumb",
        "ANTHROPIC_BASE_URL",
        model.address(),
        "ANTHROPIC_API_KEY",
        "no-key",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
        "1",
        "DISABLE_AUTOUPDATER",
        "1");
  }

  /** What the model does in one session. */
  private final class Script implements ScriptedModel.Plan {
    private final boolean heeds = random.nextInt(10) < 9;
    private final boolean errs = random.nextInt(5) < 4;
    private final List<Said> ahead = new ArrayList<>();
    private int part;

    @Override
    public Said next(String conversation) {
      while (ahead.isEmpty()) {
        part++;
        switch (part) {
          case 1 -> ahead.add(read("c.txt"));
          case 2 -> ahead.addAll(path(conversation.contains(FIND_PATH)));
          case 3 -> ahead.addAll(edit(conversation.contains(READ_FIRST)));
          default -> {
            return Said.done();
          }
        }
      }
      return ahead.removeFirst();
    }

    /** Looks for a path, or guesses it again. */
    private List<Said> path(boolean told) {
      return mistake(told)
          ? List.of(read("d.txt"), read("e.txt"))
          : List.of(Said.call("Bash", Map.of("command", "ls")), read("b.txt"), read("b.txt"));
    }

    private List<Said> edit(boolean told) {
      Said edit =
          Said.call(
              "Edit",
              Map.of(
                  "file_path",
                  project.resolve("a.txt").toString(),
                  "old_string",
                  "one",
                  "new_string",
                  "three"));
      return mistake(told) ? List.of(edit, edit) : List.of(read("a.txt"), edit);
    }

    private boolean mistake(boolean told) {
      return told ? !heeds : errs;
    }

    private Said read(String name) {
      return Said.call("Read", Map.of("file_path", project.resolve(name).toString()));
    }
  }
}
