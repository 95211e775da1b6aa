package dev.flightlog.patterns.templates;

/**
 * What several messages have in common; {@code <*>} stands where they differ.
 *
 * @param id stays the same while the template grows, and across processes that kept its state
 * @param text one line, fit to be read; log text, so hostile
 * @param count how many messages
 * @param signatures how many different signatures
 */
public record Template(String id, String text, long count, int signatures) {
  /** Of a line that says nothing, such as a blank one or a rule: no template. */
  public static final Template NONE = new Template("", "", 0, 0);

  /** True for a text that says something: a letter, a digit, or a slot. */
  static boolean says(String text) {
    int step;
    for (int i = 0; i < text.length(); i += step) {
      int c = text.codePointAt(i);
      step = Character.charCount(c);
      if (Character.isLetterOrDigit(c)) {
        return true;
      }
    }
    return text.contains(Lexicon.SLOT_TEXT);
  }
}
