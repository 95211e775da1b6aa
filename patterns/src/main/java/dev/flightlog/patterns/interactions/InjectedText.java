package dev.flightlog.patterns.interactions;

import java.util.List;
import java.util.Locale;

/** Tells text that a program wrote in the user's role. Stateless. */
final class InjectedText {
  private static final int HEAD = 200;

  /** How such texts begin, in lower case. */
  private static final List<String> HEADS =
      List.of(
          "[request interrupted",
          "[image: source",
          "caveat: the messages below",
          "this session is being continued",
          "base directory for this skill",
          "implement the following plan:",
          "stop hook feedback",
          "pretooluse",
          "posttooluse",
          "userpromptsubmit hook",
          "api error",
          "tool ran without",
          "the user sent the following message");

  private InjectedText() {}

  /**
   * True for reminders, commands and their output, hook text, notifications, tool results,
   * summaries, and the expanded text of a command, which is headed like a document.
   */
  static boolean is(String text) {
    String head = text.substring(0, Math.min(text.length(), HEAD)).strip();
    if (head.isEmpty() || isMarkup(head) || isHeading(head)) {
      return true;
    }
    String lower = head.toLowerCase(Locale.ROOT);
    for (String known : HEADS) {
      if (lower.startsWith(known)) {
        return true;
      }
    }
    return false;
  }

  /** An element such as {@code <command-name>}; a person seldom begins with one. */
  private static boolean isMarkup(String head) {
    return head.length() > 2
        && head.charAt(0) == '<'
        && (Character.isLetter(head.charAt(1)) || head.charAt(1) == '/');
  }

  private static boolean isHeading(String head) {
    int hashes = 0;
    while (hashes < head.length() && head.charAt(hashes) == '#') {
      hashes++;
    }
    return hashes > 0 && hashes < head.length() && head.charAt(hashes) == ' ';
  }
}
