package dev.flightlog.learning.exposure;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which call of the tool a rule waits for. It is computed from the call and from the session so
 * far, in both arms, so that sessions of both arms are counted from the same moment on.
 */
public enum Trigger {
  /** The first call in a session. */
  EVERY_CALL("every_call"),
  /** The first call on each file that the session has neither read nor written. */
  UNREAD_FILE("unread_file"),
  /** The first call after one of the same tool that failed. */
  AFTER_FAILURE("after_failure");

  private final String wireName;

  Trigger(String wireName) {
    this.wireName = wireName;
  }

  /** As it is written in files, options and answers. */
  public String wireName() {
    return wireName;
  }

  public static Optional<Trigger> named(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }
}
