package dev.flightlog.cli.serving;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.learning.hooks.HookScript;
import java.io.IOException;

/** {@code statusline}: what the script of the status line prints, for those who call it by name. */
public final class StatuslineCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "statusline",
            "Print one line about the session that Claude Code tells on standard input: cost, context, the windows of"
                + " the plan, and who waits elsewhere. install claude --statusline has Claude Code run the script behind"
                + " it, which starts no Java.")
        .example("flightlog install claude --statusline --yes");
  }

  @Override
  public Launch launch() {
    return Launch.HOOK;
  }

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    HookScript script = AgentEntries.script(call);
    script.write();
    Process process =
        new ProcessBuilder("/bin/sh", script.statusLine().toString())
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    call.console()
        .out()
        .print(
            new String(
                process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    process.waitFor();
    return CommandException.OK;
  }
}
