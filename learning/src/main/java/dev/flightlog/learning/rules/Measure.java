package dev.flightlog.learning.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is counted in a session to see whether a rule helps: opportunities, and how many of them
 * went wrong in the way of the rule. The names are kept in files.
 */
public enum Measure {
  /** Calls of the tools, and those that failed with an error of the rule's classes. */
  ERRORS("error", "call", "fail so", "failed so"),
  /** Runs of a check, and those that were made although nothing had changed since the same run. */
  RERUNS(
      "needless run",
      "run",
      "are made although nothing has changed",
      "although nothing had changed"),
  /** Prompts of a person after the first, and those that correct the work in this way. */
  CORRECTIONS("correction", "later prompt", "correct the work so", "corrected the work so"),
  /** Prompts of a person and questions of the agent, and those of the questions on this topic. */
  QUESTIONS("question", "turn", "are such questions", "were such questions"),
  /** Nothing: no record tells whether the rule helps. It is advice, and cannot be tried. */
  NOTHING("run", "run", "", "");

  private final String unit;
  private final String opportunity;
  private final String happens;
  private final String happened;

  Measure(String unit, String opportunity, String happens, String happened) {
    this.unit = unit;
    this.opportunity = opportunity;
    this.happens = happens;
    this.happened = happened;
  }

  /** As it is kept and shown. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The measure of this name. */
  public static Optional<Measure> named(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName().equals(wireName)).findFirst();
  }

  /** What there should be fewer of, one of it. */
  public String unit() {
    return unit;
  }

  /** What could go wrong, one of it. */
  public String opportunity() {
    return opportunity;
  }

  /** What some of the opportunities do: the end of "of these calls, 3 % …". */
  public String happens() {
    return happens;
  }

  /** What some of the opportunities did: the end of "3 % of 200 calls …". */
  public String happened() {
    return happened;
  }

  /** Whether it is counted in calls of tools, which a hook can wait for. */
  public boolean isOfCalls() {
    return this == ERRORS || this == RERUNS;
  }
}
