package dev.flightlog.learning.exposure;

import java.util.Arrays;
import java.util.Optional;

/** How a text reaches an agent. */
public enum Delivery {
  /** As additional context; before a call it arrives together with the result of that call. */
  TEXT("text"),
  /** As the reason for which the call is refused, once, so that the agent can think again. */
  REFUSAL("refusal");

  private final String wireName;

  Delivery(String wireName) {
    this.wireName = wireName;
  }

  /** As it is written in files, options and answers. */
  public String wireName() {
    return wireName;
  }

  public static Optional<Delivery> named(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }
}
