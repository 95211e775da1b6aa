package dev.flightlog.patterns;

import dev.flightlog.patterns.facts.Occurrences;

/**
 * The same call made three and more times in a row without any change.
 *
 * @param program of a shell: program and subcommand; else empty
 * @param longest how often in a row
 */
public record RepeatedCall(
    String id, String tool, String program, long longest, Occurrences occurrences)
    implements Pattern {
  @Override
  public String label() {
    String name = program.isEmpty() ? tool : tool + " (" + program + ")";
    return "same " + name + " call up to " + longest + " times in a row";
  }
}
