package dev.flightlog.patterns.remedies;

import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occurrences;
import java.util.List;

/**
 * What made it work after errors of one class, with its support and what speaks against it.
 * Immutable.
 *
 * @param id 16 hexadecimal digits, made from the class and the change: the same in every process
 * @param errorClass the class of the errors, as {@link RemedyRanking} names it
 * @param change what was different when it worked
 * @param helped the errors after which it made the intent succeed
 * @param failed how often it was tried and the call failed again
 * @param share of the recoveries, 0 to 1, as ranked
 * @param newest the newest error after which it helped
 * @param counterexamples events of errors after which it was tried in vain, those met last
 */
public record Remedy(
    String id,
    String errorClass,
    Change change,
    Occurrences helped,
    int failed,
    double share,
    ErrorFact newest,
    List<String> counterexamples) {

  public Remedy {
    counterexamples = List.copyOf(counterexamples);
  }
}
