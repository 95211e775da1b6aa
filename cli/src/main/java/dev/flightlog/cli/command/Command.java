package dev.flightlog.cli.command;

import dev.flightlog.cli.arguments.Syntax;

/** One command of the command line: its words, defined once, and what it does. Stateless. */
public interface Command {
  Syntax syntax();

  /** How the launcher runs Java for it. */
  default Launch launch() {
    return Launch.ANSWER;
  }

  /**
   * Does the work.
   *
   * @return the exit code, see {@link CommandException}
   * @throws CommandException for anything the user can mend
   */
  int run(Invocation call) throws Exception;
}
