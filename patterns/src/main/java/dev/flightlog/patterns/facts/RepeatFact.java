package dev.flightlog.patterns.facts;

/**
 * The same call made again and again by one agent with nothing in between. Immutable.
 *
 * @param program of a shell: program and subcommand; else empty
 * @param times how often it was made in a row
 * @param failed how many of these failed
 * @param firstEvent the event of the first
 */
public record RepeatFact(
    Occasion occasion, String tool, String program, long times, long failed, String firstEvent)
    implements Fact {

  public RepeatFact {
    tool = Fact.head(tool, LONGEST);
    program = Fact.head(program, LONGEST);
  }
}
