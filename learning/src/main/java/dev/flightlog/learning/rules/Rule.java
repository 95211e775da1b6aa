package dev.flightlog.learning.rules;

import dev.flightlog.patterns.facts.Change;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One instruction for agents, made from what recurred. Immutable.
 *
 * @param id 12 hexadecimal digits, made from the signature: the same rule in every process
 * @param signature the class of the errors or the lesson, and what made it work, as the grammar
 *     knows them
 * @param errorClasses what the rule is to prevent: errors, each as {@link
 *     dev.flightlog.patterns.facts.ErrorFact#label} names it, or what its measure counts
 * @param text the instruction, from the closed grammar only
 * @param opportunity what could have gone wrong so
 * @param errors how many did, when it was proposed
 * @param opportunities how many of these there were; 0 when that is not known
 * @param share of the errors among all errors of the window, 0 to 1
 * @param sessions in which they occurred
 * @param helped after how many of them the same intent succeeded by what the rule says
 * @param tokens what the text costs a session that reads it
 * @param evidence ids of events, the newest last
 */
public record Rule(
    String id,
    String signature,
    SortedSet<String> errorClasses,
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
    errorClasses = sorted(errorClasses);
    evidence = List.copyOf(evidence);
  }

  /** A rule about one class of errors, which its signature names. */
  public Rule(
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
    this(
        id,
        signature,
        new TreeSet<>(Set.of(subject(signature))),
        text,
        opportunity,
        errors,
        opportunities,
        share,
        sessions,
        helped,
        tokens,
        evidence);
  }

  private static SortedSet<String> sorted(SortedSet<String> texts) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(texts));
  }

  /**
   * What could have gone wrong in the way of a rule.
   *
   * @param measure what is counted
   * @param tools whose calls they are, by their names in the events; empty where it is not calls
   * @param program of a shell; empty for every call of the tools
   */
  public record Opportunity(Measure measure, SortedSet<String> tools, String program) {
    public Opportunity {
      tools = sorted(tools);
    }

    /** Calls of these tools, which may fail. */
    public Opportunity(SortedSet<String> tools, String program) {
      this(Measure.ERRORS, tools, program);
    }

    /** Calls of one tool, which may fail. */
    public Opportunity(String tool, String program) {
      this(new TreeSet<>(Set.of(tool)), program);
    }
  }

  private static String subject(String signature) {
    int end = signature.lastIndexOf(CHANGE);
    return end < 0 ? signature : signature.substring(0, end);
  }

  /** What is counted to see whether it helps. */
  public Measure measure() {
    return opportunity.measure();
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
