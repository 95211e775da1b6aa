package dev.flightlog.cli.serving;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Version;
import dev.flightlog.cli.questions.AskCommand;
import dev.flightlog.home.index.Index;
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
  public int run(Invocation call) throws InterruptedException {
    try (Index index = Index.open(call.home())) {
      Answerer answerer = AskCommand.answerer(index, call);
      McpTools tools =
          new McpTools(
              question -> ask(index, answerer, question),
              agent -> StoredStats.at(call.console().clock().instant(), index.store(), agent));
      McpStdio.serve(tools, Version.text(), call.console().in(), call.console().out());
    }
    return CommandException.OK;
  }

  /** One at a time: an answer first takes in what is new. */
  private static synchronized Answer ask(Index index, Answerer answerer, QuestionCall question) {
    index.refresh();
    return answerer.ask(question);
  }
}
