package dev.flightlog.learning.rules;

import dev.flightlog.patterns.facts.Change;
import java.util.List;

/**
 * One instruction for agents, made from what recurred. Immutable.
 *
 * @param id 12 hexadecimal digits, made from the signature: the same rule in every process
 * @param signature the class of the errors and what made it work, as the grammar knows them
 * @param text the instruction, from the closed grammar only
 * @param opportunity the calls that could have failed so
 * @param errors how many did, when it was proposed
 * @param opportunities how many such calls there were; 0 when that is not known
 * @param share of the errors among all errors of the window, 0 to 1
 * @param sessions in which they occurred
 * @param helped after how many of them the same intent succeeded by what the rule says
 * @param tokens what the text costs a session that reads it
 * @param evidence ids of events, the newest last
 */
public record Rule(
    String id,
    String signature,
    String text,
    Opportunity opportunity,
    long errors,
    long opportunities,
    double share,
    long sessions,
    long helped,
    int tokens,
    List<String> evidence) {

  /** Stands in a signature before the change that made it work. */
  static final String CHANGE = " | ";

  public Rule {
    evidence = List.copyOf(evidence);
  }

  /**
   * The calls that could have failed in the way of a rule.
   *
   * @param tool by its name in the events
   * @param program of a shell; empty for every call of the tool
   */
  public record Opportunity(String tool, String program) {}

  /** The class of the errors, as {@link dev.flightlog.patterns.facts.ErrorFact#label} names it. */
  public String errorClass() {
    int end = signature.lastIndexOf(CHANGE);
    return end < 0 ? signature : signature.substring(0, end);
  }

  /** What made it work: what the signature says behind the class of the errors. */
  public Change change() {
    int end = signature.lastIndexOf(CHANGE);
    return Change.ofKey(end < 0 ? "" : signature.substring(end + CHANGE.length()));
  }

  /** Share of the opportunities that failed; 0 when these are not known. */
  public double rate() {
    return opportunities == 0 ? 0 : (double) errors / opportunities;
  }
}
