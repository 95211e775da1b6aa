package dev.flightlog.cli.serving;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import java.io.IOException;

/** {@code uninstall claude}: takes our hooks out of Claude Code's settings. */
public final class UninstallCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "uninstall",
            "Take the hooks of Flightlog out of Claude Code's settings; every other byte stays. The"
                + " MCP server goes with: claude mcp remove flightlog.")
        .takes("claude", 1, 1)
        .with(
            Option.text("--scope", "SCOPE", "user (the default), project, local"),
            Option.flag("--user", "the same as --scope user"),
            Option.flag("--project", "the same as --scope project"),
            Option.flag("--yes", "write it; without, only the difference is shown"))
        .example("flightlog uninstall claude --yes");
  }

  @Override
  public int run(Invocation call) throws IOException {
    String what = call.arguments().getFirst();
    if (!what.equals("claude")) {
      throw CommandException.usage(
          "there is nothing to take out of '" + what + "'; there is: claude");
    }
    new ClaudeHooks(call, ClaudeHooks.scope(call)).remove();
    return CommandException.OK;
  }
}
