package dev.flightlog.cli.questions;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.Invocation;
import java.util.List;

/** {@code remedies}: what made it work after an error; several words are one error. */
public final class RemediesCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "remedies",
            "Show what made it work after an error, how often, and when it did not. The error is a class, an error type,"
                + " a message, or a part of these.")
        .takes("ERROR...", 1, Integer.MAX_VALUE)
        .with(NamedOptions.NARROWING)
        .example(
            "flightlog remedies 'Edit string_not_found'",
            "flightlog remedies file has not been read yet --since 4w");
  }

  @Override
  public int run(Invocation call) {
    return AskCommand.answer(call, "remedies", List.of(String.join(" ", call.arguments())));
  }
}
