package dev.flightlog.patterns.facts;

/**
 * How a session used one check: a test, a build, a linter. Immutable.
 *
 * @param tool the shell by which it was run
 * @param program with its subcommand
 * @param runs how often it was run
 * @param millis how long that took, waiting for a person left out
 * @param unchanged how many of the runs were made although nothing had changed since the same run
 * @param unchangedMillis how long these took
 * @param event of the last run that was made so; of the longest one where there is none
 */
public record CheckFact(
    Occasion occasion,
    String tool,
    String program,
    long runs,
    long millis,
    long unchanged,
    long unchangedMillis,
    String event)
    implements Fact {

  public CheckFact {
    tool = Fact.head(tool, LONGEST);
    program = Fact.head(program, LONGEST);
  }
}
