package dev.flightlog.learning.hooks;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.SharedTrials;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.Trigger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files that a hook reads. What is on trial is written into the script itself, so that a hook
 * starts no program of ours and waits for nobody; without a trial there is no script, and a hook
 * ends at once.
 *
 * <pre>
 *   trials/hook.sh    what is on trial, and what a hook does
 *   trials/arm.sh     how a session is drawn
 *   trials/others.jsonl  what is on trial on other machines
 *   trials/state/     what hooks remember of a session: names of empty files
 * </pre>
 *
 * Not safe for several threads; blocks for file access.
 */
public final class HookFiles {
  private static final long KEPT_DAYS = 30;
  private static final Set<String> SHELLS_OF_CODEX =
      Set.of("exec_command", "shell", "shell_command", "local_shell");
  private static final String SHELL_IN_HOOKS = "Bash";
  private static final String BOOTED_AT = "fl_booted_at";

  private final Path folder;
  private final Path journals;

  /**
   * @param home the folder of Flightlog
   * @param journals where exposures are appended to a journal
   */
  public HookFiles(Path home, Path journals) {
    this.folder = home.toAbsolutePath().normalize().resolve("trials");
    this.journals = journals.toAbsolutePath().normalize();
  }

  /** The script, which is there only while something is on trial. */
  public Path script() {
    return folder.resolve("hook.sh");
  }

  /**
   * Makes hooks show these, and those of others, and nothing else, from now on. Trials that stand
   * in files, and those whose key is gone, are nothing for a hook.
   */
  public void show(List<Trial> trials) throws IOException {
    List<Trial> shown =
        new ArrayList<>(
            trials.stream()
                .filter(trial -> trial.terms().placement() != Placement.FILE)
                .filter(Trial::hasKey)
                .toList());
    Set<String> own = trials.stream().map(Trial::rule).collect(Collectors.toSet());
    others().stream().filter(trial -> own.add(trial.rule())).forEach(shown::add);
    if (shown.isEmpty()) {
      Files.deleteIfExists(script());
      return;
    }
    OwnerOnly.createFolder(folder);
    OwnerOnly.createFolder(folder.resolve("state"));
    OwnerOnly.createFolder(journals);
    write(folder.resolve("arm.sh"), resource("arm.sh"));
    byte[] what = header(shown).getBytes(StandardCharsets.UTF_8);
    byte[] how = resource("hook.sh");
    byte[] all = Arrays.copyOf(what, what.length + how.length);
    System.arraycopy(how, 0, all, what.length, how.length);
    write(script(), all);
  }

  /**
   * Keeps what is on trial on other machines, to be shown besides; {@link #show} shows it.
   *
   * @return whether it was anything else before
   */
  public boolean keepOthers(List<Trial> trials) throws IOException {
    byte[] all = SharedTrials.write(trials).getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("others.jsonl");
    if (trials.isEmpty()) {
      return Files.deleteIfExists(file);
    }
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), all)) {
      return false;
    }
    OwnerOnly.createFolder(folder);
    AtomicFile.write(file, all);
    return true;
  }

  /** What is on trial on other machines, and shown besides. */
  public List<Trial> others() throws IOException {
    Path file = folder.resolve("others.jsonl");
    return Files.exists(file) ? SharedTrials.read(Files.readString(file), _ -> {}) : List.of();
  }

  /** Writes only what differs: forcing a file to the disk takes long. */
  private static void write(Path file, byte[] bytes) throws IOException {
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
      AtomicFile.write(file, bytes);
    }
  }

  /** Forgets what hooks remembered of sessions that nobody went on with for 30 days. */
  public void tidy(Instant now) throws IOException {
    Path state = folder.resolve("state");
    if (!Files.isDirectory(state)) {
      return;
    }
    Instant eldest = now.minusSeconds(KEPT_DAYS * 86_400);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(state)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(eldest)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private String header(List<Trial> trials) {
    StringBuilder out = new StringBuilder();
    assign(out, "fl_folder", folder.toString());
    assign(out, "fl_state", folder.resolve("state").toString());
    assign(out, "fl_journal", journals.resolve("story_trials_").toString());
    boolean reads = trials.stream().anyMatch(each -> waitsFor(each, Trigger.UNREAD_FILE));
    boolean failures = trials.stream().anyMatch(each -> waitsFor(each, Trigger.AFTER_FAILURE));
    assign(out, "fl_reads", reads ? "1" : "");
    assign(out, "fl_failures", failures ? "1" : "");
    SystemClock clock = SystemClock.now().nearTo(known());
    assign(out, "fl_booted", clock.boot());
    assign(out, BOOTED_AT, Long.toString(clock.bootedAtSeconds()));
    out.append("fl_each() {\n");
    for (Trial trial : trials) {
      trial(out, trial);
    }
    return out.append("}\n").toString();
  }

  /** When the system was started, as the script that is there has it. */
  private long known() {
    try {
      for (String line : Files.readAllLines(script())) {
        if (line.startsWith(BOOTED_AT + "='")) {
          return Long.parseLong(line.substring(BOOTED_AT.length() + 2, line.length() - 1));
        }
      }
    } catch (IOException | RuntimeException e) {
      // None is there, or it is not ours any more: it is written anew.
    }
    return 0;
  }

  private static boolean waitsFor(Trial trial, Trigger trigger) {
    return trial.terms().placement() == Placement.ACTION && trial.terms().trigger() == trigger;
  }

  private static void trial(StringBuilder out, Trial trial) {
    KeyStates key = KeyStates.of(HexFormat.of().parseHex(trial.key()));
    assign(out, "fl_trial", trial.id());
    assign(out, "fl_rule", trial.rule());
    assign(out, "fl_limit", limit(trial.share()));
    assign(out, "fl_inner", key.inner());
    assign(out, "fl_outer", key.outer());
    assign(out, "fl_placement", trial.terms().placement().wireName());
    assign(out, "fl_delivery", trial.terms().delivery().wireName());
    assign(out, "fl_trigger", trial.terms().trigger().wireName());
    assign(out, "fl_wanted", trial.callsAreNamed() ? String.join("|", named(trial)) : "");
    assign(out, "fl_program", trial.callsAreNamed() ? trial.program() : "");
    String quoted = new JsonWriter().string(trial.text()).toString();
    assign(out, "fl_text", quoted.substring(1, quoted.length() - 1));
    out.append("\"$1\"\n");
  }

  /** The tools as hooks call them: Codex calls its shells by the name that Claude Code has. */
  private static Set<String> named(Trial trial) {
    Set<String> names = new TreeSet<>(trial.tools());
    if (names.stream().anyMatch(SHELLS_OF_CODEX::contains)) {
      names.add(SHELL_IN_HOOKS);
    }
    return names;
  }

  /** As many of 2^53 as are exposed, as {@link dev.flightlog.learning.trial.Arms} draws. */
  private static String limit(double share) {
    return share >= 1
        ? "all"
        : new BigDecimal(share)
            .multiply(BigDecimal.valueOf(1L << 53))
            .setScale(0, RoundingMode.CEILING)
            .toPlainString();
  }

  private static void assign(StringBuilder out, String name, String value) {
    out.append(name).append('=').append(quoted(value)).append('\n');
  }

  /** One word of a shell, whatever is in it. */
  static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  static byte[] resource(String name) {
    try (InputStream in = HookFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
