package dev.flightlog.learning.exposure;

import java.util.Arrays;
import java.util.Optional;

/** Why sessions are drawn. */
public enum Purpose {
  /** To find out whether a rule works. */
  TRIAL("trial"),
  /** After adoption: a tenth of the sessions go without, to see whether it still works. */
  HOLDOUT("holdout"),
  /** For good: every session gets it, and nothing is recorded. */
  STANDING("standing");

  private final String wireName;

  Purpose(String wireName) {
    this.wireName = wireName;
  }

  /** As it is written in files and answers. */
  public String wireName() {
    return wireName;
  }

  static Optional<Purpose> named(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }
}
