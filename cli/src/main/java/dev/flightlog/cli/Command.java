package dev.flightlog.cli;

import dev.flightlog.cli.words.Syntax;

/** One command of the command line: its words, defined once, and what it does. Stateless. */
interface Command {
  Syntax syntax();

  /**
   * Does the work.
   *
   * @return the exit code, see {@link Failure}
   * @throws Failure for anything the user can mend
   */
  int run(Call call) throws Exception;
}
