package dev.flightlog.cli.serving;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.wording.SafeText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code install systemd} and {@code install cron}: has weeks revised on their day without a
 * server, by a timer of the user's systemd or a line of the user's crontab. What would change is
 * shown; it is written with {@code --yes}.
 */
final class ScheduleInstall {
  private static final String UNIT = "flightlog-revise";
  private static final String MARK = "# flightlog: weekly revision";

  private final Invocation call;

  ScheduleInstall(Invocation call) {
    this.call = call;
  }

  int systemd() throws IOException, InterruptedException {
    Path folder = configuration().resolve("systemd").resolve("user");
    Map<Path, String> units = new LinkedHashMap<>();
    units.put(folder.resolve(UNIT + ".service"), service());
    units.put(folder.resolve(UNIT + ".timer"), timer());
    boolean there = onPath("systemctl") != null;
    boolean changes = false;
    for (Map.Entry<Path, String> unit : units.entrySet()) {
      String before = Files.isRegularFile(unit.getKey()) ? Files.readString(unit.getKey()) : "";
      if (!before.equals(unit.getValue())) {
        changes = true;
        diff(unit.getKey().toString(), before, unit.getValue());
      }
    }
    if (!there) {
      call.console()
          .say(
              "there is no program 'systemctl' here: where there is one, put these files there and"
                  + " run: systemctl --user enable --now "
                  + UNIT
                  + ".timer");
      return CommandException.OK;
    }
    if (!changes && !call.flag("--yes")) {
      call.console()
          .say(UNIT + ".timer is written already; to switch it on, call the same with --yes");
      return CommandException.OK;
    }
    if (!call.flag("--yes")) {
      return notWritten();
    }
    OwnerOnly.createFolder(folder);
    for (Map.Entry<Path, String> unit : units.entrySet()) {
      AtomicFile.write(unit.getKey(), unit.getValue().getBytes(StandardCharsets.UTF_8));
    }
    try {
      require(List.of("systemctl", "--user", "daemon-reload"), null);
      require(List.of("systemctl", "--user", "enable", "--now", UNIT + ".timer"), null);
    } catch (CommandException e) {
      throw CommandException.failed(
          e.getMessage()
              + "; the unit is written to "
              + folder
              + ": where systemd runs for you, such as after a login, call: systemctl --user"
              + " enable --now "
              + UNIT
              + ".timer");
    }
    call.console()
        .say(
            "weeks are revised by "
                + UNIT
                + ".timer; to undo: systemctl --user disable --now "
                + UNIT
                + ".timer");
    return CommandException.OK;
  }

  int cron() throws IOException, InterruptedException {
    String line = time(1) + " " + time(0) + " * * " + day() + " " + command() + " " + MARK;
    if (onPath("crontab") == null) {
      diff("crontab", "", line + "\n");
      call.console()
          .say(
              "there is no program 'crontab' here: where there is one, add this line with: crontab -e");
      return CommandException.OK;
    }
    Ran listed = run(List.of("crontab", "-l"), null);
    String before = listed.code() == 0 ? listed.output() : "";
    List<String> lines = new ArrayList<>();
    before.lines().filter(each -> !each.endsWith(MARK)).forEach(lines::add);
    lines.add(line);
    String after = String.join("\n", lines) + "\n";
    if (after.equals(before)) {
      call.console().say("the crontab has this line already; nothing was written");
      return CommandException.OK;
    }
    diff("crontab", before, after);
    if (!call.flag("--yes")) {
      return notWritten();
    }
    require(List.of("crontab", "-"), after);
    call.console().say("weeks are revised by cron; to undo, remove the line with: crontab -e");
    return CommandException.OK;
  }

  private int notWritten() {
    call.console().say("nothing was written; to write it, call the same with --yes");
    return CommandException.OK;
  }

  /** Lines that go and lines that come. */
  private void diff(String file, String before, String after) {
    List<String> old = before.lines().toList();
    List<String> fresh = after.lines().toList();
    call.console().out().println("--- " + SafeText.of(file));
    call.console().out().println("+++ " + SafeText.of(file));
    old.stream()
        .filter(line -> !fresh.contains(line))
        .forEach(line -> call.console().out().println("-" + SafeText.of(line)));
    fresh.stream()
        .filter(line -> !old.contains(line))
        .forEach(line -> call.console().out().println("+" + SafeText.of(line)));
    call.console().out().flush();
  }

  private Path configuration() {
    Map<String, String> environment = call.console().environment();
    String told = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String user = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    return told.isEmpty() ? Path.of(user).resolve(".config") : Path.of(told);
  }

  private String service() {
    return "[Unit]\nDescription=Flightlog: revise the week\n\n[Service]\nType=oneshot\nExecStart="
        + command()
        + "\n";
  }

  /** {@code Persistent} catches up what was missed while the machine was off. */
  private String timer() {
    String day = call.settings().text(Setting.REVISION_DAY);
    String name = day.substring(0, 1).toUpperCase(Locale.ROOT) + day.substring(1, 3);
    return "[Unit]\nDescription=Flightlog: revise the week\n\n[Timer]\nOnCalendar="
        + name
        + " *-*-* "
        + call.settings().text(Setting.REVISION_TIME)
        + ":00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n";
  }

  private String command() {
    String launcher = System.getProperty("flightlog.launcher", "flightlog");
    return quoted(launcher) + " revise --home " + quoted(call.home().path().toString());
  }

  /** For systemd and the shell alike; percent signs mean something to both. */
  private static String quoted(String word) {
    if (word.indexOf('"') >= 0 || word.indexOf('%') >= 0 || word.indexOf('\n') >= 0) {
      throw CommandException.failed(
          SafeText.of(word) + " cannot be written into a unit or crontab: choose a plain path");
    }
    return word.matches("[A-Za-z0-9._/@+-]+") ? word : '"' + word + '"';
  }

  /** Hours or minutes of the time of the revision, without a leading zero. */
  private int time(int part) {
    return Integer.parseInt(call.settings().text(Setting.REVISION_TIME).split(":", 2)[part]);
  }

  private int day() {
    return List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
        .indexOf(call.settings().text(Setting.REVISION_DAY));
  }

  private record Ran(int code, String output) {}

  private void require(List<String> command, @Nullable String input)
      throws IOException, InterruptedException {
    Ran ran = run(command, input);
    if (ran.code() != 0) {
      throw CommandException.failed(
          "'"
              + String.join(" ", command)
              + "' ended with "
              + ran.code()
              + ": "
              + ran.output().strip());
    }
  }

  private Ran run(List<String> command, @Nullable String input)
      throws IOException, InterruptedException {
    Path program = onPath(command.getFirst());
    List<String> words = new ArrayList<>(command);
    words.set(0, String.valueOf(program));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(call.console().environment());
    Process process = builder.start();
    try (var to = process.getOutputStream()) {
      if (input != null) {
        to.write(input.getBytes(StandardCharsets.UTF_8));
      }
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  private @Nullable Path onPath(String program) {
    String path = call.console().environment().getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file.toAbsolutePath();
      }
    }
    return null;
  }
}
