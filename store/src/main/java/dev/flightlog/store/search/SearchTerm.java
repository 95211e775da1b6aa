package dev.flightlog.store.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words that stand one behind the other in one text.
 *
 * @param field where; null anywhere
 * @param words at least one, as {@link Words} tells them
 * @param isPrefix true when the last one may go on
 */
public record SearchTerm(@Nullable SearchField field, List<String> words, boolean isPrefix) {
  public SearchTerm {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a term has a word");
    }
  }

  /** True when the word with these parts may stand at this place of the term. */
  boolean matches(int place, String word, List<String> parts) {
    String wanted = words.get(place);
    boolean open = isPrefix && place == words.size() - 1;
    if (open ? word.startsWith(wanted) : word.equals(wanted)) {
      return true;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (open ? parts.get(i).startsWith(wanted) : parts.get(i).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    String text = (words.size() > 1 ? "\"" + String.join(" ", words) : words.getFirst());
    return (field == null ? "" : field.name() + ":")
        + text
        + (isPrefix ? "*" : "")
        + (words.size() > 1 ? "\"" : "");
  }
}
