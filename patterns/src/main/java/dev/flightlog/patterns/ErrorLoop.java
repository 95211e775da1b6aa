package dev.flightlog.patterns;

import dev.flightlog.patterns.facts.Occurrences;

/**
 * Errors of one class, three and more in a row.
 *
 * @param errorClass the class
 * @param longest errors in a row
 */
public record ErrorLoop(String id, String errorClass, int longest, Occurrences occurrences)
    implements Pattern {
  @Override
  public String label() {
    return errorClass + ", up to " + longest + " in a row";
  }
}
