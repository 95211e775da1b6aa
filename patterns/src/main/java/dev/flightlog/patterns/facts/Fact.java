package dev.flightlog.patterns.facts;

import org.jspecify.annotations.Nullable;

/** Something an observer found in one session. Immutable; texts are bounded. */
public sealed interface Fact permits ErrorFact, RepeatFact, InteractionFact, CheckFact {
  /** The most characters of a text in a fact. */
  int LONGEST = 300;

  /** When, where and by whom. */
  Occasion occasion();

  default String session() {
    return occasion().session();
  }

  /** When, in microseconds since 1970. */
  default long micros() {
    return occasion().micros();
  }

  default @Nullable String agent() {
    return occasion().agent();
  }

  default @Nullable String story() {
    return occasion().story();
  }

  /** The beginning of a text, never half of a character. */
  static String head(String text, int characters) {
    if (text.length() <= characters) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
    return text.substring(0, end);
  }
}
