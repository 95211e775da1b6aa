package dev.flightlog.cli.command;

import dev.flightlog.cli.arguments.Arguments;
import dev.flightlog.cli.arguments.Syntax;

/** One command of the command line: its words, defined once, and what it does. Stateless. */
public interface Command {
  Syntax syntax();

  /** How the launcher runs Java for it. */
  default Launch launch() {
    return Launch.ANSWER;
  }

  /**
   * What {@code --help} prints.
   *
   * @param given the words of the call
   * @param width in lines of so many places
   * @throws CommandException when help is asked for something that there is not
   */
  default String help(Arguments given, int width) {
    return syntax().help(width);
  }

  /**
   * Does the work.
   *
   * @return the exit code, see {@link CommandException}
   * @throws CommandException for anything the user can mend
   */
  int run(Invocation call) throws Exception;
}
