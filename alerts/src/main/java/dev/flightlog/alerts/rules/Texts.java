package dev.flightlog.alerts.rules;

import dev.flightlog.wording.SafeText;

/** Texts from logs, for messages. Stateless. */
final class Texts {
  private Texts() {}

  /** As one line of at most so many characters, without control characters. */
  static String line(String text, int characters) {
    return SafeText.shortened(SafeText.sentence(text), characters);
  }
}
