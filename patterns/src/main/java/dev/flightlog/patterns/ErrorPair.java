package dev.flightlog.patterns;

import dev.flightlog.patterns.facts.Occurrences;

/**
 * Errors of one class that are followed by those of another more often than by chance.
 *
 * @param lift how many times as often as by chance
 */
public record ErrorPair(
    String id, String first, String second, double lift, Occurrences occurrences)
    implements Pattern {
  @Override
  public String label() {
    return first + ", then " + second;
  }
}
