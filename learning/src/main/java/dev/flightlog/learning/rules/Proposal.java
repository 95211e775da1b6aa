package dev.flightlog.learning.rules;

/** What became of one class of errors when rules were proposed. */
public sealed interface Proposal {

  /** The class of the errors in words; may hold text of the log. */
  String errorClass();

  /** A rule nobody knew before. */
  record Proposed(String errorClass, Rule rule) implements Proposal {}

  /** A rule that is kept already, in whatever state; a rejected one stays rejected. */
  record Known(String errorClass, Rule rule, RuleState state) implements Proposal {}

  /**
   * No rule.
   *
   * @param errors how many there were
   * @param reason in plain words
   */
  record LeftOut(String errorClass, long errors, String reason) implements Proposal {}
}
