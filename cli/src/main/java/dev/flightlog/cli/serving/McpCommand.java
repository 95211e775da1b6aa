package dev.flightlog.cli.serving;

import dev.flightlog.analysis.Answerer;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.command.Version;
import dev.flightlog.home.ConfigWatch;
import dev.flightlog.home.index.GivingWay;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.questions.HomeAnswerer;
import dev.flightlog.server.mcp.McpStdio;
import dev.flightlog.server.mcp.McpTools;
import dev.flightlog.tasks.live.StoredStats;

/** {@code mcp}: the questions as tools of the Model Context Protocol, over standard streams. */
public final class McpCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "mcp",
            "Serve every question as a read-only MCP tool on standard input and output, until the input ends.")
        .example("flightlog mcp", "flightlog install claude");
  }

  @Override
  public Launch launch() {
    return Launch.SERVE;
  }

  @Override
  public int run(Invocation call) throws InterruptedException {
    try (Index index = Index.open(call.home());
        GivingWay giving = new GivingWay(index);
        ConfigWatch watch = new ConfigWatch(call.home(), call::changeTo)) {
      watch.start();
      giving.start();
      Answerer answerer = HomeAnswerer.of(index, index, call::settings).learningInBackground();
      McpTools tools =
          new McpTools(
              answerer::ask,
              agent -> StoredStats.at(call.console().clock().instant(), index.store(), agent));
      McpStdio.serve(tools, Version.text(), call.console().in(), call.console().out());
    }
    return CommandException.OK;
  }
}
