package dev.flightlog.learning.verdict;

import java.util.Arrays;
import java.util.Optional;

/** What is known of the effect of a rule. */
public enum Verdict {
  /** Not enough sessions have ended, and it may still be found out. */
  UNDECIDED("undecided"),
  /** Sessions with it make fewer of these errors. */
  WORKS("works"),
  /** Sessions with it make more of these errors. */
  HARMS("harms"),
  /** Whatever it does, it changes the errors by less than a fifth. */
  NO_EVIDENCE("no evidence of an effect"),
  /** All planned sessions have ended, and it is still open. */
  CANNOT_BE_KNOWN("cannot be known at this volume"),
  /** The key of the trial was lost: nobody knows which sessions were exposed. */
  KEY_GONE("cannot be known: the key of the trial is gone");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As it is said and kept. */
  public String words() {
    return words;
  }

  static Optional<Verdict> named(String words) {
    return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
  }
}
