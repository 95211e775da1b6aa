package dev.flightlog.alerts.rules;

/**
 * Something that holds now, and that somebody should know. Texts are for people, of one line, and
 * safe to be shown anywhere as text.
 *
 * @param rule the name of the rule that found it
 * @param subject what it is about, such as a session: with the rule, what tells it from others
 * @param title half a sentence
 * @param detail the figures behind it, and what to do
 */
public record Condition(
    String rule, String subject, Severity severity, String title, String detail) {
  /** The same condition, later, has the same key. */
  public String key() {
    return rule + ":" + subject;
  }
}
