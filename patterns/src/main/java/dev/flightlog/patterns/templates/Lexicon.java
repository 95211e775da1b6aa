package dev.flightlog.patterns.templates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of signatures, each a number, with what their form tells. Number 0 is the slot. Grows;
 * for one thread.
 */
final class Lexicon {
  static final int SLOT = 0;
  static final String SLOT_TEXT = "<*>";

  /** One character that is neither letter nor digit. */
  static final byte MARK = 1;

  /** At least two letters: a word that can tell templates apart. */
  static final byte WORD = 2;

  /** A class, a host, a package, a numbered thing: names vary more often than words do. */
  static final byte NAME = 4;

  /** Holds a slot. */
  static final byte NUMBERED = 8;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private byte[] forms = new byte[256];

  Lexicon() {
    number(SLOT_TEXT);
    forms[SLOT] = 0;
  }

  int number(String text) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    int number = texts.size();
    if (number == forms.length) {
      forms = Arrays.copyOf(forms, 2 * number);
    }
    forms[number] = form(text);
    numbers.put(text, number);
    texts.add(text);
    return number;
  }

  String text(int number) {
    return texts.get(number);
  }

  boolean is(int number, byte form) {
    return (forms[number] & form) != 0;
  }

  private static byte form(String text) {
    int letters = 0;
    boolean wide = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      wide |= c >= 0x80 && !(c >= 0x3000 && c < 0x3040) && !(c > 0xff00 && c < 0xff21);
      letters += (c | 32) >= 'a' && (c | 32) <= 'z' ? 1 : 0;
    }
    if (letters == 0 && !wide) {
      return MARK;
    }
    int form = (letters > 1 || wide ? WORD : 0) | (text.contains(SLOT_TEXT) ? NUMBERED : 0);
    return (byte) (isName(text) ? form | NAME : form);
  }

  /**
   * Joined by a dot, slash or at-sign, or numbered behind a joiner; constants in capitals are not.
   */
  private static boolean isName(String text) {
    if (text.length() == 1) {
      return true;
    }
    int slot = text.indexOf(SLOT_TEXT);
    if (slot > 1) {
      char before = text.charAt(slot - 1);
      boolean run = before == text.charAt(slot - 2);
      return "._-~".indexOf(before) >= 0 && !run;
    }
    int joint = -1;
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if ((c == '.' || c == '/' || c == '@')
          && text.charAt(i + 1) != c
          && text.charAt(i - 1) != c) {
        joint = i;
      }
    }
    if (joint < 0) {
      return false;
    }
    for (int i = joint + 1; i < text.length(); i++) {
      if (text.charAt(i) >= 'a' && text.charAt(i) <= 'z') {
        return true;
      }
    }
    return false;
  }
}
