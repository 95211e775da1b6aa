package dev.flightlog.cli.serving;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.learning.hooks.HookScript;
import dev.flightlog.learning.hooks.HookSettings;
import dev.flightlog.learning.hooks.WantedSettings;
import dev.flightlog.learning.instructions.Plan;
import dev.flightlog.learning.instructions.Undo;
import dev.flightlog.wording.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Our entries in a settings file of an agent: shown as a difference, written by consent. */
final class AgentEntries {
  private final Invocation call;
  private final Path file;
  private final HookScript script;
  private final HookSettings settings;

  AgentEntries(Invocation call, Path file, WantedSettings wanted) {
    this.call = call;
    this.file = file;
    this.script = script(call);
    this.settings = new HookSettings(file, wanted, HookSettings.MANAGED);
  }

  static HookScript script(Invocation call) {
    return new HookScript(call.home().path());
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

  /**
   * Shows the difference, and writes it when that was consented to.
   *
   * @return false when it was not written
   */
  boolean install(Plan.Change change) throws IOException {
    List<String> left = settings.leftToOthers();
    if (!left.isEmpty()) {
      call.console()
          .say(
              file
                  + " sets "
                  + String.join(", ", left)
                  + " already, which is left as it is: nothing of Flightlog is written beside it");
    }
    if (change.isEmpty()) {
      script.write();
      call.console().say(file + " has the entries of Flightlog already");
      return true;
    }
    if (!consented(change)) {
      return false;
    }
    script.write();
    write(change);
    return true;
  }

  /** Takes them out again: the exact bytes of before where nothing else was changed since. */
  void remove() throws IOException {
    if (!Files.exists(file)) {
      call.console().say(file + " does not exist; there is nothing to take out");
      return;
    }
    Plan.Change change = change(settings.withoutHooks());
    if (change.isEmpty()) {
      call.console().say(file + " has no entries of Flightlog");
      return;
    }
    if (call.flag("--yes") && undone()) {
      return;
    }
    if (consented(change)) {
      write(change);
      call.console().say(file + " has no entries of Flightlog any more");
    }
  }

  private boolean undone() throws IOException {
    return switch (undo().undo(file)) {
      case Undo.Result.Restored _ -> {
        call.console().say(file + " has the bytes back that it had before");
        yield true;
      }
      case Undo.Result.Removed _ -> {
        call.console().say(file + " is gone again: there was none before");
        yield true;
      }
      case Undo.Result.NothingToUndo _, Undo.Result.ChangedSince _ -> false;
    };
  }

  private Undo undo() {
    return new Undo(call.home().file("settings_undo"));
  }

  private boolean consented(Plan.Change change) {
    change.diff().lines().forEach(line -> call.console().out().println(SafeText.of(line)));
    if (!call.flag("--yes")) {
      call.console().say(file + " was not written; to write it, call the same with --yes");
    }
    return call.flag("--yes");
  }

  private void write(Plan.Change change) throws IOException {
    boolean there = Files.exists(change.target());
    boolean done = there ? undo().write(change) : HookSettings.write(change);
    if (done && !there) {
      undo().made(change.target(), change.after());
    }
    if (!done) {
      throw CommandException.failed(
          file + " was changed by somebody else at this moment, and left alone: try again");
    }
  }
}
