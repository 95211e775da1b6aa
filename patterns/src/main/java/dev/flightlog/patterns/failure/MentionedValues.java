package dev.flightlog.patterns.failure;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What in a text can be followed from step to step: numbers, quoted or emphasised phrases, and
 * names of several words. Equal values are equal texts: 1,000 and 1000.0 are both 1000. Stateless.
 */
final class MentionedValues {
  /** How much of a text is looked at, in characters. */
  private static final int LOOKED_AT = 20_000;

  private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]{0,30}(?:\\.\\d{1,30})?");
  private static final Pattern MARKED =
      Pattern.compile("\\*\\*([^*\\n]{1,80})\\*\\*|\"([^\"\\n]{2,80})\"|`([^`\\n]{2,60})`");
  private static final Pattern NAME =
      Pattern.compile("\\b\\p{Lu}\\p{Ll}{1,30}(?: \\p{Lu}\\p{Ll}{1,30}){1,6}\\b");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,40}");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private static final Set<String> COMMON =
      Set.of(
          ("the and for are was were with from this that its which what how who when where does did"
                  + " has have had you your our can will please let not yes all any each than then"
                  + " there their his her they she but into about after before over under out one"
                  + " two first")
              .split(" "));

  private MentionedValues() {}

  /** The values of a text, in order. */
  static Set<String> of(String text) {
    String head = bounded(text);
    Set<String> found = new LinkedHashSet<>();
    Matcher number = NUMBER.matcher(head);
    while (number.find()) {
      found.add(plain(number.group()));
    }
    Matcher marked = MARKED.matcher(head);
    while (marked.find()) {
      String phrase = marked.group(1);
      phrase = phrase == null ? marked.group(2) : phrase;
      phrase = phrase == null ? marked.group(3) : phrase;
      String folded = fold(phrase);
      if (!folded.isEmpty()) {
        found.add(folded);
      }
    }
    Matcher name = NAME.matcher(head);
    while (name.find()) {
      found.add(fold(name.group()));
    }
    return found;
  }

  /** The words that carry meaning, in lower case. */
  static Set<String> words(String text) {
    Set<String> found = new LinkedHashSet<>();
    Matcher word = WORD.matcher(bounded(text).toLowerCase(Locale.ROOT));
    while (word.find()) {
      if (!COMMON.contains(word.group())) {
        found.add(word.group());
      }
    }
    return found;
  }

  /** True for a value that would hardly be met by chance: a phrase, or a number of three digits. */
  static boolean isTelling(String value) {
    return value.length() >= 3 || !isNumber(value);
  }

  static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) != '.' && (value.charAt(i) < '0' || value.charAt(i) > '9')) {
        return false;
      }
    }
    return true;
  }

  private static String fold(String phrase) {
    return NO_WORD.matcher(phrase).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }

  private static String plain(String number) {
    String plain = number.replace(",", "");
    if (plain.indexOf('.') >= 0) {
      int end = plain.length();
      while (plain.charAt(end - 1) == '0') {
        end--;
      }
      plain = plain.substring(0, plain.charAt(end - 1) == '.' ? end - 1 : end);
    }
    return plain;
  }

  private static String bounded(String text) {
    return text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
  }
}
