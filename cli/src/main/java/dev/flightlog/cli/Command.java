package dev.flightlog.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One command of the command line: its words, defined once, and what it does. Stateless. */
interface Command {
  /**
   * Name, options, arguments and description, with an example in the footer; help and the manual
   * come from it. The options of {@link GlobalOptions} are added by the caller.
   */
  CommandSpec spec();

  /**
   * Does the work.
   *
   * @return the exit code, see {@link Failure}
   * @throws Failure for anything the user can mend
   */
  int run(Call call) throws Exception;
}
