package dev.flightlog.shipping;

import java.util.Set;

/**
 * What of an event's details is a figure, a time, or the name of a kind, and so is sent where texts
 * stay at home. Everything that is not named here stays. Stateless.
 */
final class Figures {
  private static final int LONGEST_KEY = 48;
  private static final int LONGEST_NAME = 96;

  /** Details whose text is a name out of a list, an id, or a time. */
  private static final Set<String> NAMES =
      Set.of(
          "arm",
          "billing",
          "client_version",
          "error_type",
          "framework",
          "from_agent",
          "level",
          "limit_id",
          "model",
          "plan_type",
          "provider",
          "result_at",
          "root_session",
          "rule",
          "rule_id",
          "stage",
          "stop_reason",
          "story_at",
          "to_agent",
          "tool",
          "tool_use_id",
          "trial",
          "trigger",
          Sender.MACHINE,
          Sender.PERSON);

  private Figures() {}

  /** Whether a key is a name, and no text that somebody made a key. */
  static boolean isName(String key) {
    return !key.isEmpty()
        && key.length() <= LONGEST_KEY
        && key.chars()
            .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.');
  }

  /** Whether a text is sent under this key: a name without spaces. */
  static boolean isSent(String key, String value) {
    return NAMES.contains(key)
        && !value.isEmpty()
        && value.length() <= LONGEST_NAME
        && value.chars().allMatch(Figures::isOfNames);
  }

  private static boolean isOfNames(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "_-.:/@+#$".indexOf(c) >= 0;
  }
}
