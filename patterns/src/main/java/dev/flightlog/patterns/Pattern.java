package dev.flightlog.patterns;

import dev.flightlog.patterns.facts.Occurrences;

/**
 * Something that recurs. Its id is made from what it is, never from counts or time: the same
 * pattern has the same id in every process and in every home. Immutable.
 */
public sealed interface Pattern
    permits ErrorPattern, ErrorLoop, ErrorPair, RepeatedCall, InteractionPattern {

  /** 16 hexadecimal digits. */
  String id();

  /** What recurs, in a few words; may hold text of the log. */
  String label();

  /** How often, where, when, and the evidence. */
  Occurrences occurrences();
}
