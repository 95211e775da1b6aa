package dev.flightlog.store;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.store.search.Words;
import org.jspecify.annotations.Nullable;

/**
 * How texts are compared when case does not matter: character by character by simple folding, where
 * A to Z only ever equals a to z. So a search for ASCII needs no knowledge of Unicode, in any
 * engine.
 */
final class Texts {
  private Texts() {}

  static boolean contains(@Nullable String text, String part) {
    if (text == null) {
      return false;
    }
    int length = part.length();
    if (length == 0) {
      return true;
    }
    char first = Words.fold(part.charAt(0));
    for (int at = 0, last = text.length() - length; at <= last; at++) {
      if (Words.fold(text.charAt(at)) == first && continues(text, at, part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean continues(String text, int at, String part) {
    for (int i = 1; i < part.length(); i++) {
      if (Words.fold(text.charAt(at + i)) != Words.fold(part.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static String escaped(String text) {
    String quoted = new JsonWriter().string(text).toString();
    return quoted.substring(1, quoted.length() - 1);
  }
}
