package dev.flightlog.learning.exposure;

import java.util.Arrays;
import java.util.Optional;

/** Where the text of a rule stands. */
public enum Placement {
  /** In an instruction file, by project and week: the weakest, for it needs no hooks. */
  FILE("file"),
  /** Given at the start of a session and of its subagents. */
  SESSION("session"),
  /** Given before the tool call that it is about. */
  ACTION("action");

  private final String wireName;

  Placement(String wireName) {
    this.wireName = wireName;
  }

  /** As it is written in files, options and answers. */
  public String wireName() {
    return wireName;
  }

  public static Optional<Placement> named(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }
}
