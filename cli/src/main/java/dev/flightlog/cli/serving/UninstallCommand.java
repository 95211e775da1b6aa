package dev.flightlog.cli.serving;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import java.io.IOException;

/** {@code uninstall claude}, and other agents: takes our entries out of their settings. */
public final class UninstallCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "uninstall",
            "Take the entries of Flightlog out of an agent's settings, as install --remove does; every"
                + " other byte stays.")
        .takes("claude|codex|gemini|copilot", 1, 1)
        .with(
            Option.text("--scope", "SCOPE", "user (the default), project, local"),
            Option.flag("--user", "the same as --scope user"),
            Option.flag("--project", "the same as --scope project"),
            Option.flag("--yes", "write it; without, only the difference is shown"))
        .example("flightlog uninstall claude --yes");
  }

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    String what = call.arguments().getFirst();
    Agents agent = Agents.named(what);
    if (agent == null) {
      throw CommandException.usage(
          "there is nothing to take out of '"
              + what
              + "'; there are: claude, codex, gemini and copilot");
    }
    InstallCommand.remove(call, agent, InstallCommand.scope(call));
    return CommandException.OK;
  }
}
