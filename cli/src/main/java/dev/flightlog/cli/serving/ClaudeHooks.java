package dev.flightlog.cli.serving;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.home.paths.UserPaths;
import dev.flightlog.learning.hooks.ClaudeSettings;
import dev.flightlog.learning.hooks.HookFiles;
import dev.flightlog.learning.instructions.Plan;
import dev.flightlog.learning.instructions.Undo;
import dev.flightlog.wording.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Our hooks in a settings file of Claude Code: shown as a difference, written by consent. */
final class ClaudeHooks {
  private final Invocation call;
  private final Path file;
  private final ClaudeSettings settings;

  /**
   * @param scope user, project or local
   */
  ClaudeHooks(Invocation call, String scope) {
    this.call = call;
    this.file = file(call, scope);
    HookFiles hooks = new HookFiles(call.home().path(), call.home().settings().basePath());
    this.settings = new ClaudeSettings(file, hooks.script(), ClaudeSettings.MANAGED);
  }

  private static Path file(Invocation call, String scope) {
    return switch (scope) {
      case "project" -> Path.of(".claude", "settings.json");
      case "local" -> Path.of(".claude", "settings.local.json");
      default ->
          UserPaths.claudeProjects(call.console().environment()).resolveSibling("settings.json");
    };
  }

  /** What would be written; an error when the file must be left alone. */
  Plan.Change planned() throws IOException {
    return change(settings.withHooks());
  }

  private static Plan.Change change(Plan plan) {
    return switch (plan) {
      case Plan.Refused refused -> throw CommandException.failed(refused.reason());
      case Plan.Change change -> change;
    };
  }

  /** Shows the difference, and writes it when that was consented to. */
  void install(Plan.Change change) throws IOException {
    if (change.isEmpty()) {
      call.console().say(file + " has the hooks of Flightlog already");
      return;
    }
    if (written(change)) {
      call.console()
          .say(
              "Claude Code now runs the hooks of Flightlog ("
                  + file
                  + "). They do nothing until a rule is on trial. To undo: flightlog uninstall"
                  + " claude");
    }
  }

  /** Takes them out again: the exact bytes of before where nothing else was changed since. */
  void remove() throws IOException {
    if (!Files.exists(file)) {
      call.console().say(file + " does not exist; there is nothing to take out");
      return;
    }
    Plan.Change change = change(settings.withoutHooks());
    if (change.isEmpty()) {
      call.console().say(file + " has no hooks of Flightlog");
      return;
    }
    if (call.flag("--yes") && undone()) {
      call.console().say(file + " has the bytes back that it had before");
      return;
    }
    if (written(change)) {
      call.console().say(file + " has no hooks of Flightlog any more");
    }
  }

  private boolean undone() throws IOException {
    return undo().undo(file) instanceof Undo.Result.Restored;
  }

  private Undo undo() {
    return new Undo(call.home().file("settings_undo"));
  }

  private boolean written(Plan.Change change) throws IOException {
    change.diff().lines().forEach(line -> call.console().out().println(SafeText.of(line)));
    if (!call.flag("--yes")) {
      call.console().say(file + " was not written; to write it, call the same with --yes");
      return false;
    }
    boolean done =
        Files.exists(change.target()) ? undo().write(change) : ClaudeSettings.write(change);
    if (!done) {
      throw CommandException.failed(
          file + " was changed by somebody else at this moment, and left alone: try again");
    }
    return true;
  }

  /** The scope that was asked for: by its name, or by one of the flags. */
  static String scope(Invocation call) {
    @Nullable String named = call.option("--scope");
    boolean project = call.flag("--project");
    boolean user = call.flag("--user");
    if ((named == null ? 0 : 1) + (project ? 1 : 0) + (user ? 1 : 0) > 1) {
      throw CommandException.usage("give one of --user, --project and --scope");
    }
    String scope = project ? "project" : named == null ? "user" : named;
    if (!InstallCommand.SCOPES.contains(scope)) {
      throw CommandException.usage(
          "--scope is one of " + String.join(", ", InstallCommand.SCOPES) + ", not " + scope);
    }
    return scope;
  }
}
