package dev.flightlog.tasks.index;

import java.util.ArrayList;
import java.util.List;

/**
 * What a person types, as a query of SQLite's FTS5 (sqlite.org/fts5.html, section 3): nothing of it
 * is taken for an operator. Stateless.
 */
final class SearchWords {
  private static final int MOST_WORDS = 32;

  private SearchWords() {}

  /**
   * The query; empty when the text has no word in it.
   *
   * @throws TaskIndexException when there are too many words
   */
  static String query(String text) {
    List<String> phrases = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      boolean quoted = c == '"';
      int start = quoted ? i + 1 : i;
      int end = start;
      while (end < text.length()
          && (quoted ? text.charAt(end) != '"' : !Character.isWhitespace(text.charAt(end)))) {
        end++;
      }
      add(phrases, text.substring(start, end), quoted);
      i = quoted ? end + 1 : end;
    }
    if (phrases.size() > MOST_WORDS) {
      throw TaskIndexException.wrong("a search takes at most " + MOST_WORDS + " words");
    }
    return String.join(" AND ", phrases);
  }

  private static void add(List<String> phrases, String phrase, boolean quoted) {
    boolean beginning = !quoted && phrase.endsWith("*");
    String clean = phrase.replace('"', ' ').replace('\0', ' ');
    if (clean.codePoints().anyMatch(Character::isLetterOrDigit)) {
      phrases.add('"' + clean + '"' + (beginning ? "*" : ""));
    }
  }
}
